namespace Trainyard.Learning.Scoring;

/// <summary>When a coefficient is added to a score.</summary>
public enum CoefficientKind
{
    /// <summary>As many times as the number says.</summary>
    Number,

    /// <summary>Where the number or the level is null.</summary>
    Null,

    /// <summary>Where the level is one that is rare, or was not learned.</summary>
    Other,

    /// <summary>Where the level is this one.</summary>
    Level,

    /// <summary>On the whole, where a text has this word.</summary>
    Word,
}
