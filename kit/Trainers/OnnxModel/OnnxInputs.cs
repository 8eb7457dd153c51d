using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Trainyard.Learning.Encoding;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>Which inputs of a file get which columns: each the column of its name, or one gets all numbers side by
/// side.</summary>
internal sealed class OnnxInputs
{
    private static readonly TensorElementType[] Numbers =
    [
        TensorElementType.Float,
        TensorElementType.Double,
        TensorElementType.Int64,
        TensorElementType.Int32,
        TensorElementType.Bool,
    ];

    private readonly IReadOnlyList<OnnxInput> _each;

    private OnnxInputs(IReadOnlyList<OnnxInput> each) => _each = each;

    public string[] Names => [.. _each.Select(input => input.Name)];

    /// <summary>78 with both lists where they do not fit.</summary>
    /// <param name="name">What the file is, for messages.</param>
    public static OnnxInputs Of(InferenceSession session, string name, Encoder encoder)
    {
        var (fields, columns) = (session.InputMetadata, encoder.Columns);
        string[] problems =
        [
            .. IsMatrix(fields, columns)
                ? MatrixProblems(fields.Single(), columns)
                : fields
                    .SelectMany(field => Problems(field, columns))
                    .Concat(
                        columns
                            .Where(column => !fields.ContainsKey(column.Name))
                            .Select(column => $"it has no input for the feature '{column.Name}'")
                    ),
        ];
        if (problems.Length > 0)
        {
            throw Fault.BadConfiguration(
                $"The file '{name}' (model.options.file) does not fit the features: {string.Join("; ", problems)}. It "
                    + $"takes {OnnxFields.List(fields)}; the features are "
                    + $"{string.Join(", ", columns.Select(column => $"{KindOf(column)} {column.Name}"))}. "
                    + "Name the features as its inputs, or make it anew. Nothing was changed."
            );
        }

        return new(
            IsMatrix(fields, columns)
                ?
                [
                    new OnnxInput(
                        fields.Single().Key,
                        fields.Single().Value,
                        [.. Enumerable.Range(0, columns.Count)],
                        [.. columns.Select(column => column.Name)]
                    ),
                ]
                :
                [
                    .. columns
                        .Index()
                        .Select(each => new OnnxInput(
                            each.Item.Name,
                            fields[each.Item.Name],
                            [each.Index],
                            [each.Item.Name]
                        )),
                ]
        );
    }

    /// <summary>What rows have in each, in the order of <see cref="Names"/>.</summary>
    public OrtValue[] Make(EncodedRows rows, ReadOnlySpan<int> order)
    {
        var made = new List<OrtValue>();
        try
        {
            foreach (var input in _each)
            {
                made.Add(input.Make(rows, order));
            }

            return [.. made];
        }
        catch
        {
            made.ForEach(value => value.Dispose());
            throw;
        }
    }

    /// <summary>One input that is called as no feature and has room for several numbers a row.</summary>
    private static bool IsMatrix(
        IReadOnlyDictionary<string, NodeMetadata> fields,
        IReadOnlyList<EncodedColumn> columns
    ) =>
        fields.Count == 1
        && fields.Single() is var (name, field)
        && field is { IsTensor: true, Dimensions.Length: 2 }
        && columns.All(column => column.Name != name);

    private static IEnumerable<string> MatrixProblems(
        KeyValuePair<string, NodeMetadata> matrix,
        IReadOnlyList<EncodedColumn> columns
    )
    {
        var (name, field) = (matrix.Key, matrix.Value);
        foreach (var problem in RowProblems(name, field))
        {
            yield return problem;
        }

        if (field.Dimensions[1] >= 0 && field.Dimensions[1] != columns.Count)
        {
            yield return $"its only input '{name}' has {field.Dimensions[1]} numbers a row, and there are "
                + $"{columns.Count} features";
        }

        if (!Numbers.Contains(field.ElementDataType))
        {
            yield return $"its only input '{name}' holds {OnnxFields.TypeOf(field)}, and not numbers";
        }

        foreach (var column in columns.Where(column => !column.IsNumber))
        {
            yield return $"its only input '{name}' takes numbers, and the feature '{column.Name}' is a category";
        }
    }

    private static IEnumerable<string> Problems(
        KeyValuePair<string, NodeMetadata> input,
        IReadOnlyList<EncodedColumn> columns
    )
    {
        var (name, field) = (input.Key, input.Value);
        if (columns.FirstOrDefault(column => column.Name == name) is not { } column)
        {
            var hint = Nearest.Hint(name, columns.Select(each => each.Name));
            yield return $"there is no feature '{name}'{(hint.Length == 0 ? "" : $".{hint}")}";
            yield break;
        }

        if (!field.IsTensor)
        {
            yield return $"its input '{name}' is a {OnnxFields.TypeOf(field)}";
            yield break;
        }

        var isText = field.ElementDataType == TensorElementType.String;
        if (isText ? column.IsNumber : !Numbers.Contains(field.ElementDataType))
        {
            yield return $"its input '{name}' holds {OnnxFields.TypeOf(field)}, and the feature is a " + KindOf(column);
        }

        foreach (var problem in RowProblems(name, field))
        {
            yield return problem;
        }

        if (field.Dimensions is [_, > 1] or { Length: 0 or > 2 } or [_, 0])
        {
            yield return $"its input '{name}' has not one value a row";
        }
    }

    private static IEnumerable<string> RowProblems(string name, NodeMetadata field) =>
        field.Dimensions is [>= 0, ..]
            ? [$"its input '{name}' takes {field.Dimensions[0]} rows at once, and not as many as there are"]
            : [];

    private static string KindOf(EncodedColumn column) => column.IsNumber ? "number" : "category";
}
