using System.Globalization;

namespace Trainyard.Learning.Exporting;

/// <summary>
/// What a model does with rows, written down in the operations of ONNX so that others can do it. Encoder, scorer,
/// calibrator and task each add their part; no library is needed for that. What flows through it has a row for each row
/// that is answered.
/// </summary>
public sealed class Graph
{
    private readonly List<GraphField> _inputs = [];
    private readonly List<GraphField> _outputs = [];
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<string, GraphTensor> _constants = [];
    private readonly HashSet<string> _names;

    /// <param name="inputs">What its inputs will be called: nothing else gets such a name.</param>
    public Graph(IEnumerable<string> inputs) => _names = new(inputs, StringComparer.Ordinal);

    public IReadOnlyList<GraphField> Inputs => _inputs;

    public IReadOnlyList<GraphField> Outputs => _outputs;

    /// <summary>Each after those whose outputs it reads.</summary>
    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, GraphTensor> Constants => _constants;

    public GraphValue Input(GraphField field)
    {
        _inputs.Add(field);
        return new GraphValue(this, field.Name);
    }

    /// <summary>Gives a value to whoever runs the graph. Where a column has its name, it gets a longer one.</summary>
    public void Output(GraphField field, GraphValue value)
    {
        var name = field.Name;
        while (!_names.Add(name))
        {
            name += "_answer";
        }

        _outputs.Add(field with { Name = name });
        _nodes.Add(new GraphNode("Identity", [value.Name], name, new Dictionary<string, object>(), false));
    }

    public GraphValue Constant(GraphTensor tensor)
    {
        var name = NewName();
        _constants[name] = tensor;
        return new GraphValue(this, name);
    }

    /// <summary>The same number for each row.</summary>
    public GraphValue Number(double number) => Constant(new GraphTensor(GraphType.Number, new[] { number }, []));

    public GraphValue Whole(long number) => Constant(new GraphTensor(GraphType.Whole, new[] { number }, [1]));

    public GraphValue Node(string operation, params GraphValue[] inputs) => Node(operation, inputs, []);

    public GraphValue Node(
        string operation,
        IEnumerable<GraphValue> inputs,
        IEnumerable<(string Name, object Value)> attributes,
        bool isOfLearning = false
    )
    {
        var name = NewName();
        _nodes.Add(
            new GraphNode(
                operation,
                [.. inputs.Select(input => input.Name)],
                name,
                attributes.ToDictionary(each => each.Name, each => each.Value, StringComparer.Ordinal),
                isOfLearning
            )
        );
        return new GraphValue(this, name);
    }

    private string NewName()
    {
        var number = _nodes.Count + _constants.Count;
        string name;
        do
        {
            name = string.Create(CultureInfo.InvariantCulture, $"v{number++}");
        } while (!_names.Add(name));

        return name;
    }
}
