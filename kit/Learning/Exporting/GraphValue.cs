namespace Trainyard.Learning.Exporting;

/// <summary>Something that flows through a graph, with what can be made of it.</summary>
public sealed class GraphValue
{
    internal GraphValue(Graph graph, string name) => (Graph, Name) = (graph, name);

    public Graph Graph { get; }

    internal string Name { get; }

    public GraphValue Plus(GraphValue other) => Graph.Node("Add", this, other);

    public GraphValue Plus(double number) => Plus(Graph.Number(number));

    public GraphValue Minus(GraphValue other) => Graph.Node("Sub", this, other);

    public GraphValue Times(GraphValue other) => Graph.Node("Mul", this, other);

    public GraphValue Times(double number) => number == 1 ? this : Times(Graph.Number(number));

    /// <summary>Each row of numbers times a table.</summary>
    public GraphValue Times(GraphTensor table) => Graph.Node("MatMul", this, Graph.Constant(table));

    public GraphValue Over(GraphValue other) => Graph.Node("Div", this, other);

    public GraphValue Over(double number) => Over(Graph.Number(number));

    public GraphValue Exp() => Graph.Node("Exp", this);

    public GraphValue Root() => Graph.Node("Sqrt", this);

    public GraphValue Log() => Graph.Node("Log", this);

    /// <summary>1 / (1 + exp(−x)).</summary>
    public GraphValue Logistic() => Graph.Number(1).Over(Times(Graph.Number(-1)).Exp().Plus(1));

    /// <summary>Of two numbers the lower; never of one that is none.</summary>
    public GraphValue Lower(GraphValue other) => IsAbove(other).Choose(other, this);

    public GraphValue Higher(GraphValue other) => other.IsAbove(this).Choose(other, this);

    public GraphValue Lower(double number) => Lower(Graph.Number(number));

    public GraphValue Higher(double number) => Higher(Graph.Number(number));

    public GraphValue IsAbove(GraphValue other) => Graph.Node("Greater", this, other);

    public GraphValue IsAtLeast(GraphValue other) => Graph.Node("GreaterOrEqual", this, other);

    public GraphValue IsNaN() => Graph.Node("IsNaN", this);

    /// <summary>Where this is true the one, else the other.</summary>
    public GraphValue Choose(GraphValue one, GraphValue other) => Graph.Node("Where", this, one, other);

    public GraphValue To(GraphType type) => Graph.Node("Cast", [this], [("to", type)]);

    /// <summary>What a row's numbers add up to.</summary>
    public GraphValue Sum() => Graph.Node("ReduceSum", this, Graph.Whole(1));

    /// <summary>The greatest of a row's numbers.</summary>
    public GraphValue Greatest() => Graph.Node("ReduceMax", this, Graph.Whole(1));

    /// <summary>Where in a row its greatest number stands; of equal ones the first.</summary>
    public GraphValue PlaceOfGreatest() => Graph.Node("ArgMax", [this], [("axis", 1L), ("keepdims", 1L)]);

    /// <summary>One of the numbers of each row.</summary>
    public GraphValue Column(int place) => Graph.Node("Gather", [this, Graph.Whole(place)], [("axis", 1L)]);

    /// <summary>The same of its least.</summary>
    public GraphValue PlaceOfLeast() => Times(Graph.Number(-1)).PlaceOfGreatest();

    /// <summary>The number of a row at a place of it.</summary>
    public GraphValue At(GraphValue place) => Graph.Node("GatherElements", [this, place], [("axis", 1L)]);

    /// <summary>What stands in a table at the place that each row names: a row of it, or an entry.</summary>
    public GraphValue In(GraphTensor table) =>
        Graph.Node(
            "Gather",
            Graph.Constant(table),
            table.Dimensions.Count > 1 ? Graph.Node("Squeeze", this, Graph.Whole(1)) : this
        );

    /// <summary>Rows of shares, in the proportions of their exponentials.</summary>
    public GraphValue Softmax() => Minus(Greatest()).Exp().Shares();

    /// <summary>Rows as shares of what they add up to.</summary>
    public GraphValue Shares() => Over(Sum());

    /// <summary>Several side by side.</summary>
    public static GraphValue Row(IReadOnlyList<GraphValue> values) =>
        values is [var only] ? only : values[0].Graph.Node("Concat", values, [("axis", 1L)]);
}
