using System.Globalization;
using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Payments;

/// <summary>
/// Payments by card, most of them what the account usually pays where it usually does. One in two hundred is not: much
/// more than usual, at night, abroad, for what is soon sold again. Some of those were looked into.
/// </summary>
internal static class PaymentsSample
{
    private const double Odd = 0.005;

    /// <summary>How many of the odd ones were looked into, and how many of all others.</summary>
    private const double LookedInto = 0.8;
    private const double LookedIntoByChance = 0.1;

    private static readonly string[] Merchants = ["grocery", "online", "fuel", "restaurant", "travel"];
    private static readonly double[] MerchantShares = [0.45, 0.25, 0.12, 0.15, 0.03];
    private static readonly string[] OddMerchants = ["electronics", "jewellery", "gift cards"];
    private static readonly string[] Countries = ["DE", "AT", "CH"];
    private static readonly string[] Abroad = ["BR", "TH", "US", "ZA"];

    public static MadeUp Of { get; } =
        new(
            "payments",
            "payments by card, a few of them odd",
            Days: 200,
            "2025-01-01",
            new MadeUpSize("accounts", 300),
            Edition: 1,
            [new MadeUpTable("payments", Lines)]
        );

    private static IEnumerable<string> Lines(MadeUpPlan plan)
    {
        var (people, habits, odd) = (new Chance(plan.Seed, 1), new Chance(plan.Seed, 2), new Chance(plan.Seed, 3));
        (string Country, double Usual)[] accounts =
        [
            .. Enumerable
                .Range(0, plan.Size)
                .Select(_ => (people.Pick(Countries, [0.7, 0.15, 0.15]), 25 * Math.Exp(people.Normal(0, 0.5)))),
        ];
        yield return "payment_id,account,paid_at,amount,merchant,country,home,fraud";
        var id = 0;
        for (var day = 0; day < plan.Days; day++)
        {
            var paid = Enumerable
                .Range(0, plan.Size)
                .Select(_ => (Account: habits.Below(plan.Size), IsOdd: odd.Is(Odd)))
                .Select(payment => (payment.Account, payment.IsOdd, Hour: Hour(payment.IsOdd ? 3 : 15, 3.5, habits)))
                .OrderBy(payment => payment.Hour)
                .ToList();
            foreach (var (account, isOdd, hour) in paid)
            {
                var (home, usual) = accounts[account];
                var isAway = habits.Is(0.03);
                var amount = usual * Math.Exp(habits.Normal(0, 0.6)) * (isOdd ? 8 + (20 * odd.Uniform()) : 1);
                var merchant = isOdd
                    ? OddMerchants[odd.Below(OddMerchants.Length)]
                    : habits.Pick(Merchants, MerchantShares);
                var country = isOdd || isAway ? Abroad[habits.Below(Abroad.Length)] : home;
                var isKnown = odd.Is(isOdd ? LookedInto : LookedIntoByChance);
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{++id},{account + 1},{Instants.Of(plan.Start, day + (hour / 24))},{amount:0.00},{merchant},"
                        + $"{country},{home},{(isKnown ? isOdd ? "true" : "false" : "")}"
                );
            }
        }
    }

    private static double Hour(double usual, double spread, Chance chance) =>
        Math.Clamp(chance.Normal(usual, spread), 0, 23.99);
}
