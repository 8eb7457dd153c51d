namespace Trainyard.Features;

/// <summary>
/// A feature of your own: a pure function of one row. It may not look at other rows, the clock, files or the network;
/// what looks at other rows belongs into <c>rows.sql</c>, where the cutoff can be kept.
/// </summary>
/// <remarks>
/// The class is public, has a constructor without parameters, and stands in the assembly that the spec names as
/// <c>features.assembly</c>. One instance serves a whole part of the dataset on one thread; several parts are served by
/// several instances at once. An exception ends the step with 65 and names pipeline, feature and row.
/// </remarks>
/// <example>
/// <code>
/// public sealed class SeatsPerMile : IFeature
/// {
///     public string Name =&gt; "seats_per_mile";
///     public FeatureKind Kind =&gt; FeatureKind.Number;
///     public IReadOnlyList&lt;string&gt; Inputs =&gt; ["seats", "distance"];
///     public FeatureValue Compute(FeatureRow row) =&gt; FeatureValue.Of(row.Number(0) / row.Number(1));
/// }
/// </code>
/// </example>
public interface IFeature
{
    /// <summary>The column this feature becomes. Lower case with underscores, unlike every other column of the
    /// pipeline.</summary>
    string Name { get; }

    /// <summary>Whether values are numbers or categories.</summary>
    FeatureKind Kind { get; }

    /// <summary>The columns of <c>rows.sql</c> that <see cref="Compute"/> reads, in the order of their positions
    /// there. Never the label.</summary>
    IReadOnlyList<string> Inputs { get; }

    /// <summary>Computes the value for one row.</summary>
    /// <param name="row">The row, valid until this method returns; column 0 is the first of
    /// <see cref="Inputs"/>.</param>
    /// <returns>A number or a category, as <see cref="Kind"/> says, or <see cref="FeatureValue.Null"/>. A number that
    /// is not finite becomes null.</returns>
    FeatureValue Compute(FeatureRow row);
}

/// <summary>What a feature's values are.</summary>
public enum FeatureKind
{
    /// <summary>A number. NaN is a missing value.</summary>
    Number,

    /// <summary>A category: text from a set that is learned from the training rows.</summary>
    Category,
}
