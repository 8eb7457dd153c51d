using Trainyard.Datasets;
using Trainyard.Learning.Data;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Measure;

/// <summary>Turns labels as a dataset has them into those that a task measures by.</summary>
internal sealed class LabelCodes
{
    private readonly Definition _definition;
    private readonly Column _column;
    private readonly bool _areClasses;
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _codes = [];

    public LabelCodes(Definition definition, Column column)
    {
        (_definition, _column) = (definition, column);
        _areClasses = definition.Model.Task.KindOf(definition.Label).AreClasses;
        if (definition.Label?.Positive is { } positive)
        {
            // A day without any is a day, and no mistake.
            _ = CodeOf(positive);
        }
    }

    /// <summary>Classes that models know are classes, also where no row of the window is of them.</summary>
    public void Know(IEnumerable<string> classes)
    {
        foreach (var name in classes)
        {
            _ = CodeOf(name);
        }
    }

    /// <summary>The code of a class, or the number; null where there is no label.</summary>
    public double? Read(DatasetReader reader, int index) =>
        reader.IsNull(index) ? null
        : _areClasses ? CodeOf(NameOf(reader.Text(index)!))
        : reader.Number(index);

    public Labels ToLabels(IReadOnlyList<double> values) =>
        LearningTasks
            .Of(_definition.Model.Task)
            .LabelsOf(_definition, new Labels([.. values], _areClasses ? [.. _names] : null));

    /// <summary>A dataset has <c>t</c> for true.</summary>
    private string NameOf(string text) =>
        _column.Type == ColumnType.Boolean
            ? text == "t"
                ? "true"
                : "false"
            : text;

    private int CodeOf(string name)
    {
        if (!_codes.TryGetValue(name, out var code))
        {
            _codes[name] = code = _names.Count;
            _names.Add(name);
        }

        return code;
    }
}
