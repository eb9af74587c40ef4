"""California, Method B for 2026, written from the publication alone."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

PER_YEAR = {
    "daily": 260,
    "weekly": 52,
    "biweekly": 26,
    "semimonthly": 24,
    "monthly": 12,
    "quarterly": 4,
    "semiannual": 2,
    "annual": 1,
}
RATES = [
    "0.011",
    "0.022",
    "0.044",
    "0.066",
    "0.088",
    "0.1023",
    "0.1133",
    "0.1243",
    "0.1353",
    "0.1463",
]

# Table 1 low and high, Table 3 low and high, Table 2 and Table 4 for one allowance.
TABLES_1_TO_4 = {
    "weekly": "363 727 110 219 19 3.24",
    "biweekly": "727 1454 219 439 38 6.47",
    "semimonthly": "787 1575 238 476 42 7.01",
    "monthly": "1575 3149 476 951 83 14.03",
    "quarterly": "4724 9448 1427 2853 250 42.08",
    "semiannual": "9448 18896 2853 5706 500 84.15",
    "annual": "18896 37791 5706 11412 1000 168.30",
    "daily": "73 145 22 44 4 0.65",
}

# "over:tax" of the ten rows.
RATE_TABLES = {
    ("weekly", "single"): """
        0:0 213:2.34 505:8.76 797:21.61 1107:42.07
        1399:67.77 7144:655.48 8573:817.39 14288:1527.76 19231:2196.55
    """,
    ("weekly", "married"): """
        0:0 426:4.69 1010:17.54 1594:43.24 2214:84.16
        2798:135.55 14288:1310.98 17146:1634.79 19231:1893.96 28575:3158.20
    """,
    ("weekly", "head_of_household"): """
        0:0 426:4.69 1010:17.54 1302:30.39 1612:50.85
        1904:76.55 9716:875.72 11659:1095.86 19231:2037.06 19431:2064.12
    """,
    ("biweekly", "single"): """
        0:0 426:4.69 1010:17.54 1594:43.24 2214:84.16
        2798:135.55 14288:1310.98 17146:1634.79 28576:3055.54 38462:4393.12
    """,
    ("biweekly", "married"): """
        0:0 852:9.37 2020:35.07 3188:86.46 4428:168.30
        5596:271.08 28576:2621.93 34292:3269.55 38462:3787.88 57150:6316.37
    """,
    ("biweekly", "head_of_household"): """
        0:0 852:9.37 2020:35.07 2604:60.77 3224:101.69
        3808:153.08 19432:1751.42 23318:2191.70 38462:4074.10 38862:4128.22
    """,
    ("semimonthly", "single"): """
        0:0 462:5.08 1094:18.98 1727:46.83 2398:91.12
        3030:146.74 15478:1420.17 18574:1770.95 30956:3310.03 41667:4759.23
    """,
    ("semimonthly", "married"): """
        0:0 924:10.16 2188:37.97 3454:93.67 4796:182.24
        6060:293.47 30956:2840.33 37148:3541.88 41667:4103.59 61913:6842.87
    """,
    ("semimonthly", "head_of_household"): """
        0:0 924:10.16 2189:37.99 2822:65.84 3492:110.06
        4125:165.76 21050:1897.19 25260:2374.18 41667:4413.57 42101:4472.29
    """,
    ("monthly", "single"): """
        0:0 924:10.16 2188:37.97 3454:93.67 4796:182.24
        6060:293.47 30956:2840.33 37148:3541.88 61912:6620.05 83334:9518.45
    """,
    ("monthly", "married"): """
        0:0 1848:20.33 4376:75.95 6908:187.36 9592:364.50
        12120:586.96 61912:5680.68 74296:7083.79 83334:8207.21 123826:13685.78
    """,
    ("monthly", "head_of_household"): """
        0:0 1848:20.33 4378:75.99 5644:131.69 6984:220.13
        8250:331.54 42100:3794.40 50520:4748.39 83334:8827.17 84202:8944.61
    """,
    ("quarterly", "single"): """
        0:0 2770:30.47 6566:113.98 10363:281.05 14386:546.57
        18181:880.53 92870:8521.21 111443:10625.53 185738:19860.40 250000:28555.05
    """,
    ("quarterly", "married"): """
        0:0 5540:60.94 13132:227.96 20726:562.10 28772:1093.14
        36362:1761.06 185740:17042.43 222886:21251.07 250000:24621.34 371477:41057.18
    """,
    ("quarterly", "head_of_household"): """
        0:0 5543:60.97 13133:227.95 16929:394.97 20951:660.42
        24748:994.56 126302:11383.53 151563:14245.60 250000:26481.32 252604:26833.64
    """,
    ("semiannual", "single"): """
        0:0 5540:60.94 13132:227.96 20726:562.10 28772:1093.14
        36362:1761.06 185740:17042.43 222886:21251.07 371476:39720.81 500000:57110.11
    """,
    ("semiannual", "married"): """
        0:0 11080:121.88 26264:455.93 41452:1124.20 57544:2186.27
        72724:3522.11 371480:34084.85 445772:42502.13 500000:49242.67 742954:82114.35
    """,
    ("semiannual", "head_of_household"): """
        0:0 11086:121.95 26266:455.91 33858:789.96 41902:1320.86
        49496:1989.13 252604:22767.08 303126:28491.22 500000:52962.66 505208:53667.30
    """,
    ("annual", "single"): """
        0:0 11079:121.87 26264:455.94 41452:1124.21 57542:2186.15
        72724:3522.17 371479:34084.81 445771:42502.09 742953:79441.81 1000000:114220.27
    """,
    ("annual", "married"): """
        0:0 22158:243.74 52528:911.88 82904:2248.42 115084:4372.30
        145448:7044.33 742958:68169.60 891542:85004.17 1000000:98485.50 1485906:164228.58
    """,
    ("annual", "head_of_household"): """
        0:0 22173:243.90 52530:911.75 67716:1579.93 83805:2641.80
        98990:3978.08 505208:45534.18 606251:56982.35 1000000:105925.35 1010417:107334.77
    """,
    ("daily", "single"): """
        0:0 43:0.47 101:1.75 159:4.30 221:8.39
        280:13.58 1429:131.12 1715:163.52 2858:305.59 3846:439.27
    """,
    ("daily", "married"): """
        0:0 86:0.95 202:3.50 318:8.60 442:16.78
        560:27.16 2858:262.25 3430:327.06 3846:378.77 5715:631.65
    """,
    ("daily", "head_of_household"): """
        0:0 85:0.94 202:3.51 260:6.06 322:10.15
        381:15.34 1943:175.13 2332:219.20 3846:407.39 3886:412.80
    """,
}


def rounded(amount: Decimal, unit: str) -> Decimal:
    """The amount to the unit, half a unit up."""
    return amount.quantize(Decimal(unit), ROUND_HALF_UP)


def withholding(
    wages: Decimal, frequency: str, status: str, allowances: int, estimated: int
) -> Decimal:
    """The tax of one period by the tables of that period."""
    amounts = [Decimal(figure) for figure in TABLES_1_TO_4[frequency].split()]
    high = status == "head_of_household" or (status == "married" and allowances > 1)
    if wages <= amounts[1 if high else 0]:
        return Decimal("0.00")
    taxable = wages - _table_2(estimated, frequency, amounts[4]) - amounts[3 if high else 2]
    tax = Decimal(0)
    for rate, row in zip(RATES, RATE_TABLES[frequency, status].split(), strict=True):
        over, base = map(Decimal, row.split(":"))
        if taxable > over:
            tax = rounded(base + (taxable - over) * Decimal(rate), "0.01")
    return max(tax - _table_4(allowances, frequency, amounts[5]), Decimal("0.00"))


def _table_2(number: int, frequency: str, one: Decimal) -> Decimal:
    """Printed for 1 to 10 allowances of 1,000 a year to the dollar; above, one times the number."""
    if number > 10:
        return one * number
    return rounded(Decimal(number * 1000) / PER_YEAR[frequency], "1")


def _table_4(number: int, frequency: str, one: Decimal) -> Decimal:
    """Printed for 1 to 10 allowances of 168.30 a year to the cent; above, one times the number."""
    if number > 10:
        return one * number
    return rounded(number * Decimal("168.30") / PER_YEAR[frequency], "0.01")
