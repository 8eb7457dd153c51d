using System.Text.Json.Serialization;

namespace Trainyard.Registry;

/// <summary>A figure of the fit that answers, held against that of the measured one on the same rows.</summary>
/// <param name="Name">As in <c>its share of positives</c>.</param>
/// <param name="Least">What it must be at least; null where it may be anything below.</param>
/// <param name="Most">What it may be at most.</param>
public sealed record HeldFigure(
    string Name,
    Unit Unit,
    double Measured,
    double Served,
    double? Least = null,
    double? Most = null
)
{
    /// <summary>What is no number is not.</summary>
    [JsonIgnore]
    public bool IsWithin =>
        (Least is not { } least || Served >= least || IsEqual(least))
        && (Most is not { } most || Served <= most || IsEqual(most));

    /// <summary>its share of positives is 31.00 %, where 7.35 % to 20.25 % is allowed (measured: 13.80 %)</summary>
    [JsonIgnore]
    public string Text => $"{Against} (measured: {Of(Measured)})";

    /// <summary>its share of positives is 31.00 %, where 7.35 % to 20.25 % is allowed</summary>
    [JsonIgnore]
    public string Against => $"its {Name} is {Of(Served)}, where {Allowed} is allowed";

    private string Allowed =>
        (Least, Most) switch
        {
            ({ } least, { } most) => $"{Of(least)} to {Of(most)}",
            ({ } least, null) => $"{Of(least)} or more",
            (null, { } most) => $"{Of(most)} or less",
            _ => "anything",
        };

    private bool IsEqual(double limit) => MetricText.AreEqual(Served, limit, Measured);

    /// <summary>With as many digits as tell it from its limits.</summary>
    private string Of(double value)
    {
        var (scale, unit) = Unit == Unit.Share ? (100, " %") : (1, "");
        var text = MetricText.For(
            scale * Measured,
            scale * Math.Abs(Measured),
            new[] { Least, Most }.OfType<double>().Select(limit => (scale * Served, scale * limit))
        );
        return text.Of(scale * value) + unit;
    }
}
