using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Measure;

/// <summary>The rows that have both, a prediction in time and its label, and how many have not.</summary>
internal sealed class MeasuredRows
{
    /// <summary>By the model that answered, in the order in which they first did.</summary>
    public IReadOnlyList<ModelRows> Models => [.. _models.Values];

    public long Measured { get; private set; }

    public long Unlabelled { get; private set; }

    public long Unpublished { get; private set; }

    public long Hindsight { get; private set; }

    private readonly OrderedDictionary<string, ModelRows> _models = [];

    public static async Task<MeasuredRows> JoinAsync(
        Definition definition,
        OrderedRows<(DateTimeOffset Cutoff, double? Label)> rows,
        PublishedAnswers answers,
        CancellationToken cancel
    )
    {
        var joined = new MeasuredRows();
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
        var rows = _models[model].Labels.Count;
        _models.Remove(model);
        Measured -= rows;
        return rows;
    }

    private void Add(Match<(DateTimeOffset Cutoff, double? Label)> match, Definition definition)
    {
        if (!match.HasRow || match.Row.Label is not { } label)
        {
            Unlabelled += match.Answers.Count > 0 ? 1 : 0;
            return;
        }

        var (cutoff, knownAfter) = (match.Row.Cutoff, definition.Label.KnownAfter ?? Span.Days(0));
        if (PublishedAnswer.InTime(match.Answers, cutoff, definition.Clock, knownAfter) is not { } answer)
        {
            Unpublished += match.Answers.Count == 0 ? 1 : 0;
            Hindsight += match.Answers.Count > 0 ? 1 : 0;
            return;
        }

        if (!_models.TryGetValue(answer.Model, out var model))
        {
            _models[answer.Model] = model = new ModelRows(answer.Model);
        }

        model.Add(cutoff, label, answer.Fields);
        Measured++;
    }
}

/// <summary>The rows that a model has answered, with their labels.</summary>
internal sealed record ModelRows(string Model)
{
    private readonly List<DateTimeOffset> _cutoffs = [];
    private readonly List<double> _labels = [];
    private readonly List<IReadOnlyList<string>> _fields = [];

    public IReadOnlyList<DateTimeOffset> Cutoffs => _cutoffs;

    /// <summary>As they were read: codes where they are classes.</summary>
    public IReadOnlyList<double> Labels => _labels;

    public IReadOnlyList<IReadOnlyList<string>> Fields => _fields;

    public void Add(DateTimeOffset cutoff, double label, IReadOnlyList<string> fields)
    {
        _cutoffs.Add(cutoff);
        _labels.Add(label);
        _fields.Add(fields);
    }

    /// <summary>Those with a cutoff in a window.</summary>
    public ModelRows Within(Window window)
    {
        var some = new ModelRows(Model);
        for (var row = 0; row < _cutoffs.Count; row++)
        {
            if (window.Contains(_cutoffs[row]))
            {
                some.Add(_cutoffs[row], _labels[row], _fields[row]);
            }
        }

        return some;
    }
}
