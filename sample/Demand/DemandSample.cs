using System.Globalization;
using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Demand;

/// <summary>
/// What shops sell in a day of each product: what is usual there, times weekday, season and promotion, and a level that
/// wanders by itself; none on Sunday. Of a day on which a product ran out nobody knows what the demand was.
/// </summary>
internal static class DemandSample
{
    private const double StartsPromotion = 0.03;
    private const double RunsOut = 0.03;

    /// <summary>Parts of what is usual, from Sunday to Friday; Saturday's are the product's.</summary>
    private static readonly double[] Weekdays = [0, 0.9, 0.85, 0.9, 1, 1.25];

    public static MadeUp Of { get; } =
        new(
            "demand",
            "what shops have sold, day by day",
            Days: 365,
            "2025-01-01",
            new MadeUpSize("shops", 5),
            Edition: 1,
            [
                new MadeUpTable("products", _ => Products()),
                new MadeUpTable("promotions", Promotions),
                new MadeUpTable("sales", Sales),
            ]
        );

    private static IEnumerable<string> Products() =>
        Product
            .All.Select(each =>
                string.Create(CultureInfo.InvariantCulture, $"{each.Name},{each.Category},{each.Price:0.00}")
            )
            .Prepend("product,category,price");

    private static IEnumerable<string> Promotions(MadeUpPlan plan) =>
        PromotionsOf(plan)
            .Select(each =>
                $"{each.Product.Name},{plan.Start.AddDays(each.First):yyyy-MM-dd},"
                + $"{plan.Start.AddDays(each.Last):yyyy-MM-dd},{Instants.Of(plan.Start, each.First - 9.5)}"
            )
            .Prepend("product,first_day,last_day,announced_at");

    private static IEnumerable<string> Sales(MadeUpPlan plan)
    {
        var (shops, demand, stock) = (new Chance(plan.Seed, 1), new Chance(plan.Seed, 2), new Chance(plan.Seed, 3));
        var promoted = PromotionsOf(plan)
            .SelectMany(each =>
                Enumerable.Range(each.First, 1 + each.Last - each.First).Select(day => (each.Product, day))
            )
            .ToHashSet();
        yield return "shop,product,day,units,sold_out,booked_at";
        for (var shop = 1; shop <= plan.Size; shop++)
        {
            var size = Math.Exp(shops.Normal(0, 0.4));
            foreach (var product in Product.All)
            {
                var (liked, level) = (Math.Exp(shops.Normal(0, 0.3)), 0.0);
                for (var day = 0; day < plan.Days; day++)
                {
                    level = (0.95 * level) + demand.Normal(0, 0.06);
                    var expected =
                        product.Units
                        * size
                        * liked
                        * Math.Exp(level)
                        * Season(product, plan.Start.AddDays(day))
                        * (promoted.Contains((product, day)) ? product.Promoted : 1);
                    var wanted = demand.Poisson(expected);
                    var isSoldOut = expected > 0 && stock.Is(RunsOut);
                    var units = isSoldOut ? (int)(wanted * (0.3 + (0.6 * stock.Uniform()))) : wanted;
                    yield return $"{shop},{product.Name},{plan.Start.AddDays(day):yyyy-MM-dd},{units},"
                        + $"{(isSoldOut ? "true" : "false")},{Instants.Of(plan.Start, day + 1.17)}";
                }
            }
        }
    }

    /// <summary>A week each, seldom, and none while there is one.</summary>
    private static IEnumerable<(Product Product, int First, int Last)> PromotionsOf(MadeUpPlan plan)
    {
        var chance = new Chance(plan.Seed, 4);
        foreach (var product in Product.All)
        {
            for (var day = 0; day < plan.Days; day++)
            {
                if (chance.Is(StartsPromotion))
                {
                    yield return (product, day, day + 6);
                    day += 7;
                }
            }
        }
    }

    private static double Season(Product product, DateOnly date) =>
        (date.DayOfWeek == DayOfWeek.Saturday ? product.Weekend : Weekdays[(int)date.DayOfWeek])
        * (1 + (product.Summer * -Math.Cos(2 * Math.PI * (date.DayOfYear - 15) / 365.25)));
}
