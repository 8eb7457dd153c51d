using System.Globalization;
using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Segments;

/// <summary>
/// Orders of a shop's customers, of whom there are four kinds that nobody has written down: regulars, hunters of
/// bargains, those who seldom order much, and those who came once or twice.
/// </summary>
internal static class SegmentsSample
{
    private static readonly Kind[] Kinds =
    [
        new(Share: 0.45, DaysBetween: 9, Items: 3, Price: 11, InApp: 0.8),
        new(Share: 0.25, DaysBetween: 16, Items: 1, Price: 7, InApp: 0.1),
        new(Share: 0.15, DaysBetween: 35, Items: 8, Price: 32, InApp: 0.3),
        new(Share: 0.15, DaysBetween: 110, Items: 2, Price: 20, InApp: 0.05),
    ];

    public static MadeUp Of { get; } =
        new(
            "segments",
            "what customers of a shop have ordered",
            Days: 540,
            "2024-07-01",
            new MadeUpSize("customers", 400),
            Edition: 1,
            [new MadeUpTable("orders", Lines)]
        );

    private static IEnumerable<string> Lines(MadeUpPlan plan)
    {
        var (people, baskets) = (new Chance(plan.Seed, 1), new Chance(plan.Seed, 2));
        double[] shares = [.. Kinds.Select(kind => kind.Share)];
        var orders = new List<(double Day, int Customer, Kind Kind)>();
        for (var customer = 1; customer <= plan.Size; customer++)
        {
            var kind = people.Pick(Kinds, shares);
            var between = kind.DaysBetween * Math.Exp(people.Normal(0, 0.2));
            for (
                var day = people.Uniform() * between;
                day < plan.Days;
                day += Math.Max(0.02, between * (0.4 + people.Exponential(0.6)))
            )
            {
                orders.Add((day, customer, kind));
            }
        }

        yield return "order_id,customer,ordered_at,amount,items,channel";
        foreach (var (id, (day, customer, kind)) in orders.OrderBy(order => order.Day).Index())
        {
            var items = Math.Max(1, (int)Math.Round(kind.Items * Math.Exp(baskets.Normal(0, 0.3))));
            var amount = items * kind.Price * Math.Exp(baskets.Normal(0, 0.25));
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{id + 1},{customer},{Instants.Of(plan.Start, day)},{amount:0.00},{items},"
                    + $"{(baskets.Is(kind.InApp) ? "app" : "web")}"
            );
        }
    }

    /// <param name="Share">Of the customers.</param>
    /// <param name="DaysBetween">From one order to the next, on average.</param>
    /// <param name="InApp">How many of the orders come through the app.</param>
    private sealed record Kind(double Share, double DaysBetween, double Items, double Price, double InApp);
}
