"""The lines that procedures with a flat rate share: wages less exemptions, at the rate."""

from __future__ import annotations

from asopay.certificates import Certificate
from asopay.money import Rate, at_least_zero, share, to_cents
from asopay.worksheet import Line, Worksheet, count, rate_line

LINES: dict[str, str | Line] = {
    "(wages)": "Taxable wages of this period",
    "(periods)": count("Pay periods in the year"),
    "(exemptions)": "Exemptions for the period",
    "(taxable)": "Wages less exemptions",
    "(rate)": rate_line("Rate"),
    "(tax)": "Tax of the period",
    "(extra)": "Extra withholding of the certificate",
    "(withholding)": "Withholding of this period",
}


def tax_after_exemptions(line: Worksheet, rate: Rate, certificate: Certificate) -> Worksheet:
    """Fills in the lines from the taxable wages on; wages and exemptions stand there already."""
    line["(taxable)"] = at_least_zero(line["(wages)"] - line["(exemptions)"])
    line["(rate)"] = rate
    line["(tax)"] = to_cents(share(line["(taxable)"], line["(rate)"]))
    line["(extra)"] = certificate.get("extra_withholding", 0)
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
