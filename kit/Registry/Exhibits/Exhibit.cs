using System.Text.Json.Serialization;

namespace Trainyard.Registry;

/// <summary>
/// Something to look at: a record a kind, told apart by <c>kind</c>, which the report draws without asking what was
/// learned, or by what. A kind that a later version brings needs no new format: it is read as this bare record, which
/// is named and not drawn. A member of a kind that is known does, and is refused where it is unknown.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(BarsExhibit), "bars")]
[JsonDerivedType(typeof(BinsExhibit), "bins")]
[JsonDerivedType(typeof(CurveExhibit), "curve")]
[JsonDerivedType(typeof(HistogramExhibit), "histogram")]
[JsonDerivedType(typeof(IntervalsExhibit), "intervals")]
[JsonDerivedType(typeof(LinesExhibit), "lines")]
[JsonDerivedType(typeof(MatrixExhibit), "matrix")]
[JsonDerivedType(typeof(PeriodsExhibit), "periods")]
[JsonDerivedType(typeof(RunExhibit), "run")]
[JsonDerivedType(typeof(SwarmExhibit), "swarm")]
[JsonDerivedType(typeof(TableExhibit), "table")]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public record Exhibit
{
    /// <summary>Its name among the exhibits it comes with.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Where it is shown, one of <see cref="Sections"/>; what is unknown stands with the quality.</summary>
    public string Section { get; init; } = Sections.Quality;

    /// <summary>A sentence on how to read it.</summary>
    public string? Caption { get; init; }

    /// <summary>What it shows, in words, for those who do not see it; null where the title says enough.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it takes the width of the page.</summary>
    public bool Wide { get; init; }
}
