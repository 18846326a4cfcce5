"""What purchases say of a client, read plainly out of the contract: loss risk and profile."""

import datetime as dt
import math

from golden.reading import day, number
from golden.terms import PROFILES, RISKS

FEW = 20


def mark_risks(model, accounts):
    """Loss risk: fifths of the clients that bought, by silence against habit."""
    known = []
    for account in accounts:
        account["risk"] = None
        days, times = day(account.get("last_purchase")), number(account.get("purchases"))
        sold = [number(account.get(key)) for key in ("turnover", "turnover_1", "turnover_2")]
        bought = times > 0 if times is not None else any(amount and amount > 0 for amount in sold)
        if account["kind"] == "client" and bought and days is not None:
            known.append((account, max(model.today.toordinal() - days, 0), times))
    often = [(account, math.log1p(since) - math.log(times)) for account, since, times in known if times]
    measured = often if len(often) >= FEW else [(account, since) for account, since, _ in known]
    if len(measured) < FEW:
        return
    for account, own in measured:
        worse = sum(1 for _, other in measured if other > own + 1e-12)
        fifth = len(measured) / 5
        level = "high" if worse < fifth - 1e-9 else "medium" if worse < 2 * fifth - 1e-9 else "low"
        account["risk"] = RISKS[level][model.at]


def mark_profiles(model, accounts):
    """Profile: what three years and the first purchase show."""
    counts = [number(account.get("purchases")) for account in accounts]
    middle = median([count for count in counts if count is not None and count > 0])
    begin = year_before(period_end(model)).toordinal()
    for account, count in zip(accounts, counts, strict=True):
        account["profile"] = None
        sold = [number(account.get(key)) for key in ("turnover", "turnover_1", "turnover_2")]
        now, *earlier = [None if amount is None else max(amount, 0.0) for amount in sold]
        three = [amount for amount in (now, *earlier) if amount is not None]
        first = day(account.get("first_purchase"))
        key = None
        if count is None:
            continue
        if now == 0 and any(amount and amount > 0 for amount in earlier):
            key = "dormant"
        elif first is not None and first > begin and earlier[0] is not None:
            key = "new"
        elif len(three) == 3 and sum(three) > 0 and spread(three) > 0.75:
            key = "volatile"
        elif len(three) == 3 and min(three) > 0 and count >= middle:
            key = "loyal"
        account["profile"] = PROFILES[key][model.at] if key else None


def spread(amounts):
    """Population standard deviation over mean."""
    mean = sum(amounts) / len(amounts)
    return math.sqrt(sum((amount - mean) ** 2 for amount in amounts) / len(amounts)) / mean


def median(numbers):
    if not numbers:
        return math.inf
    numbers = sorted(numbers)
    return (numbers[(len(numbers) - 1) // 2] + numbers[len(numbers) // 2]) / 2


def period_end(model):
    """The reference date, or the last closed year."""
    if str(model.settings.get("periods")) not in ("closed years", "années closes"):
        return model.today
    month = int(number(model.settings.get("year_end")) or 12)
    year = model.today.year
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    end = after - dt.timedelta(days=1)
    return end if end <= model.today else dt.date(after.year - 1, after.month, 1) - dt.timedelta(days=1)


def year_before(date):
    """The same day a year before; the last of February after a leap year's."""
    try:
        return date.replace(year=date.year - 1)
    except ValueError:
        return date.replace(year=date.year - 1, day=28)
