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

    /// <summary>its share of positives is 31.0 %, where 12.4 % to 18.0 % is allowed (measured: 13.8 %)</summary>
    [JsonIgnore]
    public string Text =>
        $"its {Name} is {Of(Served)}, where {Allowed} is allowed (measured: {Of(Measured)})".Replace('\u00a0', ' ');

    private string Allowed =>
        (Least, Most) switch
        {
            ({ } least, { } most) => $"{Of(least)} to {Of(most)}",
            ({ } least, _) => $"{Of(least)} or more",
            var (_, most) => $"{Of(most)} or less",
        };

    private bool IsEqual(double limit) => MetricText.AreEqual(Served, limit, Measured);

    private string Of(double? value) => Formats.Of(new Axis(Name, Unit), value);
}
