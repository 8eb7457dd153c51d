using System.Globalization;
using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Price;

/// <summary>
/// Flats of a town. A price is that of the district's square metre, which moves with the market, times what this flat
/// makes of it, times what two people agree on. What is dear for what it is sells late, and some of it never.
/// </summary>
internal static class PriceSample
{
    private const double Withdrawn = 0.04;
    private const double NotSaid = 0.06;
    private const double Agreed = 0.08;

    private static readonly (string Name, double SquareMetre)[] Districts =
    [
        ("Altstadt", 6200),
        ("Bahnhof", 3900),
        ("Gartenstadt", 5100),
        ("Hafen", 4500),
        ("Neustadt", 4300),
        ("Nordpark", 5600),
        ("Südhang", 5900),
        ("Werk", 3300),
    ];

    private static readonly (string Name, double Factor)[] Conditions =
    [
        ("new", 1.18),
        ("renovated", 1.08),
        ("kept", 1),
        ("worn", 0.84),
    ];

    public static MadeUp Of { get; } =
        new(
            "price",
            "flats of a town and what they sold for",
            Days: 720,
            "2024-01-01",
            new MadeUpSize("flats", 5000),
            Edition: 1,
            [new MadeUpTable("flats", Lines)]
        );

    private static IEnumerable<string> Lines(MadeUpPlan plan)
    {
        var (market, flats, sales) = (new Chance(plan.Seed, 1), new Chance(plan.Seed, 2), new Chance(plan.Seed, 3));
        double[] listed = [.. Enumerable.Range(0, plan.Size).Select(_ => plan.Days * market.Uniform()).Order()];
        yield return "flat_id,listed_at,district,area,rooms,floor,built,condition,balcony,price,sold_at";
        foreach (var (id, day) in listed.Index())
        {
            var (district, squareMetre) = flats.Pick(Districts);
            var rooms = flats.Pick([1, 2, 3, 4, 5], [0.15, 0.3, 0.3, 0.2, 0.05]);
            var area = Math.Round((14 + (19 * rooms)) * Math.Exp(flats.Normal(0, 0.18)), 1);
            var floor = flats.Below(7);
            var built = 1900 + flats.Below(plan.Start.Year - 1900);
            var (condition, factor) =
                built > plan.Start.Year - 5 ? Conditions[0] : flats.Pick(Conditions[1..], [0.25, 0.5, 0.25]);
            var balcony = flats.Is(0.5) ? 1 : 0;
            // Old houses have their friends, as new ones have; few want those of between.
            var age = 0.12 * Math.Pow((built - 1960) / 60.0, 2);
            var worth =
                squareMetre
                * Market(plan, day)
                * Math.Pow(area, 0.96)
                * factor
                * (1 + age + (0.012 * floor) + (0.04 * balcony));
            var agreed = sales.Normal(0, Agreed);
            var sold = day + 7 + sales.Exponential(30 * Math.Exp(4 * agreed));
            var isSold = !sales.Is(Withdrawn) && sold < plan.Days;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{id + 1},{Instants.Of(plan.Start, day)},{district},{area:0.0},{rooms},"
                    + $"{(flats.Is(NotSaid) ? "" : $"{floor}")},{(flats.Is(NotSaid) ? "" : $"{built}")},{condition},"
                    + $"{balcony},{(isSold ? $"{100 * Math.Round(worth * Math.Exp(agreed) / 100):0}" : "")},"
                    + $"{(isSold ? Instants.Of(plan.Start, sold) : "")}"
            );
        }
    }

    /// <summary>Rises by 6 % a year, a little more in spring, and loses 8 % when interest does, half way.</summary>
    private static double Market(MadeUpPlan plan, double day) =>
        Math.Exp(0.06 * day / 365)
        * (1 + (0.015 * Math.Cos(2 * Math.PI * (plan.Start.DayOfYear + day - 120) / 365.25)))
        * (1 - (0.08 / (1 + Math.Exp(-(day - (plan.Days / 2.0)) / 20))));
}
