"""New York State, NYS-50-T-NYS (1/26), Methods II and III, written from the publication alone."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

PERIODS = ("daily", "weekly", "biweekly", "semimonthly", "monthly", "annual")
PER_YEAR = dict(zip(PERIODS, (260, 52, 26, 24, 12, 1), strict=True))

DEDUCTION = {
    "single": "28.45 142.30 284.60 308.35 616.70 7400",
    "married": "30.60 152.90 305.80 331.25 662.50 7950",
}
ALLOWANCE = "3.85 19.25 38.50 41.65 83.30 1000"

# Rate, then for each payroll period "at least / base".
SCHEDULE = {
    "single": """
    0.0390 0/0 0/0 0/0 0/0 0/0 0/0
    0.0440 33/1.28 163/6.38 327/12.77 354/13.83 708/27.67 8500/332.00
    0.0515 45/1.82 225/9.08 450/18.15 488/19.67 975/39.33 11700/472.00
    0.0540 53/2.25 267/11.27 535/22.54 579/24.42 1158/48.83 13900/586.00
    0.0590 310/16.12 1551/80.58 3102/161.15 3360/174.58 6721/349.17 80650/4190.00
    0.0703 372/19.78 1862/98.90 3723/197.81 4033/214.29 8067/428.58 96800/5143.00
    0.0753 414/22.72 2070/113.58 4140/227.15 4485/246.08 8971/492.17 107650/5906.00
    0.0640 606/37.20 3032/186.02 6063/372.04 6569/403.04 13138/806.08 157650/9673.00
    0.1144 828/51.42 4142/257.10 8285/514.19 8975/557.04 17950/1114.08 215400/13369.00
    0.0735 1021/73.43 5104/367.13 10208/734.27 11058/795.46 22117/1590.92 265400/19091.00
    """,
    "married": """
    0.0390 0/0 0/0 0/0 0/0 0/0 0/0
    0.0440 33/1.28 163/6.38 327/12.77 354/13.83 708/27.67 8500/332.00
    0.0515 45/1.82 225/9.08 450/18.15 488/19.67 975/39.33 11700/472.00
    0.0540 53/2.25 267/11.27 535/22.54 579/24.42 1158/48.83 13900/586.00
    0.0590 310/16.12 1551/80.58 3102/161.15 3360/174.58 6721/349.17 80650/4190.00
    0.0657 372/19.78 1862/98.90 3723/197.81 4033/214.29 8067/428.58 96800/5143.00
    0.0707 414/22.52 2070/112.60 4140/225.19 4485/243.96 8971/487.92 107650/5855.00
    0.0801 606/36.11 3032/180.54 6063/361.08 6569/391.17 13138/782.33 157650/9388.00
    0.0640 814/52.72 4068/263.62 8137/527.23 8815/571.17 17629/1142.33 211550/13708.00
    0.1349 1243/80.21 6215/401.04 12431/802.08 13467/868.92 26933/1737.83 323200/20854.00
    0.0735 1435/106.15 7177/530.77 14354/1061.54 15550/1150.00 31100/2300.00 373200/27600.00
    0.0765 4144/305.27 20722/1526.33 41444/3052.65 44898/3307.04 89796/6614.08 1077550/79369.00
    """,
}
METHOD_III_FROM = {
    "single": "4144 20722 41444 44898 89796 1077550",
    "married": "8290 41449 82898 89806 179613 2155350",
}
METHOD_III = {
    "single": [("1077550", "0.1045"), ("5000000", "0.1110"), ("25000000", "0.1170")],
    "married": [("2155350", "0.1045"), ("5000000", "0.1110"), ("25000000", "0.1170")],
}


def cents(amount: Decimal) -> Decimal:
    """The amount to the cent, half a cent up."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def withholding(wages: Decimal, frequency: str, status: str, allowances: int) -> Decimal:
    """The tax of one period."""
    if frequency in {"quarterly", "semiannual"}:
        months = 3 if frequency == "quarterly" else 6
        return months * withholding(cents(wages / months), "monthly", status, allowances)
    place = PERIODS.index(frequency)
    deduction = Decimal(DEDUCTION[status].split()[place])
    net = wages - deduction - allowances * Decimal(ALLOWANCE.split()[place])
    if net <= 0:
        return Decimal("0.00")
    if net >= Decimal(METHOD_III_FROM[status].split()[place]):
        return _method_iii(net * PER_YEAR[frequency], status, PER_YEAR[frequency])
    tax = Decimal(0)
    for row in SCHEDULE[status].strip().splitlines():
        rate, *cells = row.split()
        at_least, base = map(Decimal, cells[place].split("/"))
        if net >= at_least:
            tax = cents((net - at_least) * Decimal(rate)) + base
    return tax


def _method_iii(annual: Decimal, status: str, periods: int) -> Decimal:
    rate = METHOD_III[status][0][1]
    for over, of_all in METHOD_III[status]:
        if annual >= Decimal(over):
            rate = of_all
    return cents(annual * Decimal(rate) / periods)
