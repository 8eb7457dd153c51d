namespace Trainyard.Sample.Demand;

/// <param name="Units">Sold on a usual day in a usual shop.</param>
/// <param name="Summer">How much more of it is sold in summer than in spring, as a share; below zero, in
/// winter.</param>
/// <param name="Weekend">How many times what is usual is sold on Saturday.</param>
/// <param name="Promoted">How many times what is usual is sold while it is promoted.</param>
internal sealed record Product(
    string Name,
    string Category,
    double Price,
    double Units,
    double Summer,
    double Weekend,
    double Promoted
)
{
    public static IReadOnlyList<Product> All { get; } =
    [
        new("bread", "bakery", 3.2, Units: 40, Summer: 0, Weekend: 1.5, Promoted: 1.2),
        new("cake", "bakery", 14, Units: 6, Summer: -0.1, Weekend: 2.4, Promoted: 1.6),
        new("ice cream", "frozen", 4.5, Units: 14, Summer: 0.8, Weekend: 1.4, Promoted: 2),
        new("pizza", "frozen", 3.8, Units: 18, Summer: -0.1, Weekend: 1.3, Promoted: 2.5),
        new("lemonade", "drinks", 1.9, Units: 24, Summer: 0.5, Weekend: 1.4, Promoted: 1.8),
        new("tea", "drinks", 2.9, Units: 8, Summer: -0.4, Weekend: 1.1, Promoted: 1.5),
        new("charcoal", "garden", 6.5, Units: 5, Summer: 0.9, Weekend: 2, Promoted: 1.4),
        new("soup", "tins", 2.2, Units: 12, Summer: -0.5, Weekend: 1, Promoted: 2.2),
    ];
}
