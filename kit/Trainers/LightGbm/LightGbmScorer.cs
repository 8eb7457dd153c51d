using System.Globalization;
using System.Text;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Scoring;
using Trainyard.Trainers.LightGbm.Trees;

namespace Trainyard.Trainers.LightGbm;

/// <summary>A model in LightGBM's own form, a text, answered by flat trees: LightGBM's predictions to the last bit. The
/// library itself is not needed.</summary>
internal sealed class LightGbmScorer : IScorer
{
    private readonly byte[] _text;
    private readonly FlatTrees _trees;
    private readonly Link _link;
    private readonly Lazy<TreeExplainer?> _explainer;
    private readonly ModelNote? _sets;

    private LightGbmScorer(byte[] text, TreeModel model) =>
        (_text, _trees, _link, _explainer, _sets) = (
            text,
            new FlatTrees(model),
            Link.Of(model),
            new(() => TreeExplainer.Of(model)),
            SetsOf(model)
        );

    public int Width => _trees.Width;

    public string Extension => "txt";

    public IExplainer? Explainer => _explainer.Value;

    public IReadOnlyList<ModelNote> Notes => _sets is null ? [] : [_sets];

    /// <param name="columns">How many the encoder gives.</param>
    /// <param name="name">What it is, for the message of a fault of 78.</param>
    public static LightGbmScorer Load(byte[] text, int columns, string name) =>
        SavedModel.Read(
            name,
            () =>
            {
                var model = ModelText.Read(Encoding.UTF8.GetString(text));
                return model.Features == columns
                    ? new LightGbmScorer(text, model)
                    : throw new InvalidDataException(
                        $"It reads {model.Features} columns, and the package's encoder gives {columns}."
                    );
            }
        );

    public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        new FlatAnswers(_trees).Answer(EncodedInputs.Of(rows, order.ToArray()), 0, scores);
        _link.Convert(scores);
    }

    /// <remarks>Read anew: a scorer keeps no more than it answers with.</remarks>
    public GraphValue? Write(IReadOnlyList<GraphValue> columns) =>
        TreeGraph.Write(ModelText.Read(Encoding.UTF8.GetString(_text)), _link, columns);

    public byte[] Save() => _text;

    private static ModelNote? SetsOf(TreeModel model)
    {
        var splits = model.Trees.SelectMany(tree => tree.Splits).ToList();
        var sets = splits.Count(split => split.Levels is not null);
        return sets == 0
            ? null
            : new(
                "Levels",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{sets:N0} of {splits.Count:N0} splits on sets (Microsoft.ML cannot read it)"
                )
            );
    }
}
