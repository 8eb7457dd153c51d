namespace Trainyard.Registry;

/// <summary>Something said in a word or a figure: "Size" is "412 trees".</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Its value, as text with its unit.</param>
public sealed record Fact(string Label, string Value)
{
    /// <summary>The sentences that belong to it; whoever has no room for them leaves them out.</summary>
    public string? Note { get; init; }

    /// <summary>As that of an <see cref="Exhibit"/>.</summary>
    public string Section { get; init; } = Sections.Quality;
}
