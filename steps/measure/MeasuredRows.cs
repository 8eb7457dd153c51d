using Trainyard.Learning.Live;
using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Measure;

/// <summary>The rows that have both, a prediction that counts and its label, and how many have not.</summary>
/// <param name="columns">Those in which the task answers.</param>
/// <param name="isSample">Whether only some of the rows were read.</param>
internal sealed class MeasuredRows(IReadOnlyList<Column> columns, bool isSample)
{
    private readonly OrderedDictionary<string, ModelRows> _models = [];

    /// <summary>What was published for them.</summary>
    public LiveFields Fields { get; } = new(columns);

    /// <summary>By the model that answered, in the order in which they first did.</summary>
    public IReadOnlyList<ModelRows> Models => [.. _models.Values];

    public long Measured => _models.Values.Sum(model => (long)model.Count);

    /// <summary>Those of them that were published when the label could be known already.</summary>
    public long Replayed => _models.Values.Sum(model => model.Replayed);

    /// <summary>Predictions whose rows have no label.</summary>
    public Left Unlabelled { get; } = new();

    /// <summary>Rows with a label that nothing was ever published for.</summary>
    public Left Unpublished { get; } = new();

    /// <summary>Those for which nothing was but in hindsight.</summary>
    public Left Hindsight { get; } = new();

    public static async Task<MeasuredRows> JoinAsync(
        Definition definition,
        IReadOnlyList<Column> columns,
        bool isSample,
        OrderedRows<(DateTimeOffset Cutoff, double? Label)> rows,
        PublishedAnswers answers,
        CancellationToken cancel
    )
    {
        var joined = new MeasuredRows(columns, isSample);
        await foreach (var match in Matching.OfAsync(rows, answers, cancel))
        {
            joined.Add(match, definition);
        }

        return joined;
    }

    /// <summary>Leaves out what a model has answered.</summary>
    /// <returns>How many rows that is.</returns>
    public long Leave(string model)
    {
        var rows = _models[model].Count;
        _models.Remove(model);
        return rows;
    }

    private void Add(Match<(DateTimeOffset Cutoff, double? Label)> match, Definition definition)
    {
        if (!match.HasRow || match.Row.Label is not { } label)
        {
            // A trial has not asked for all rows.
            if (match.Answers.Count > 0 && (match.HasRow || !isSample))
            {
                Unlabelled.Add(match.Identity);
            }

            return;
        }

        var (cutoff, knownAfter) = (match.Row.Cutoff, definition.Label?.KnownAfter ?? Span.Days(0));
        if (PublishedAnswer.Counting(match.Answers, cutoff, definition.Clock, knownAfter) is not var (answer, replayed))
        {
            (match.Answers.Count == 0 ? Unpublished : Hindsight).Add(match.Identity);
            return;
        }

        if (!_models.TryGetValue(answer.Model, out var model))
        {
            _models[answer.Model] = model = new ModelRows(answer.Model);
        }

        model.Add(Fields.Rows, cutoff, label, replayed);
        Fields.Add(answer.Fields, answer.Beside);
    }
}
