using Trainyard.Features;

namespace Orders.Features;

/// <summary>How hastily an order was put together: by the minutes it took and the items in it.</summary>
public sealed class Haste : IFeature
{
    public string Name => "haste";

    public FeatureKind Kind => FeatureKind.Category;

    public IReadOnlyList<string> Inputs { get; } = ["seen_at", "placed_at", "items"];

    public FeatureValue Compute(FeatureRow row)
    {
        if (row.Instant(0) is not { } seen || row.Instant(1) is not { } placed)
        {
            return FeatureValue.Null;
        }

        var minutes = (placed - seen).TotalMinutes / row.Number(2);
        return FeatureValue.Of(
            minutes < 30 ? "hasty"
            : minutes < 120 ? "calm"
            : "slow"
        );
    }
}
