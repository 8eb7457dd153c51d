namespace Trainyard.Stores;

/// <summary>
/// A JSON document of the store. Its format says which versions of Trainyard can read it: it goes up with whatever an
/// older version would not understand, and a version writes the oldest that holds what it has to say.
/// </summary>
public interface IDocument
{
    /// <summary>The versions of Trainyard that brought each format, the first first: who knows them reads all of
    /// them.</summary>
    static virtual IReadOnlyList<string> Formats => ["1.0.0"];

    int Format { get; }
}
