using DynamicExpresso;

namespace Trainyard.Pipelines;

/// <summary>The functions of expressions, by the names that PostgreSQL, spreadsheets and C have for them.</summary>
internal static class NumberFunctions
{
    private static readonly (string Name, Delegate Function)[] All =
    [
        ("abs", (Func<double, double>)Math.Abs),
        ("ceil", (Func<double, double>)Math.Ceiling),
        ("coalesce", (Func<double, double, double>)((value, other) => double.IsNaN(value) ? other : value)),
        ("cos", (Func<double, double>)Math.Cos),
        ("exp", (Func<double, double>)Math.Exp),
        ("floor", (Func<double, double>)Math.Floor),
        ("if", (Func<bool, double, double, double>)((condition, then, otherwise) => condition ? then : otherwise)),
        ("isnull", (Func<double, bool>)double.IsNaN),
        ("log", (Func<double, double>)Math.Log),
        ("log1p", (Func<double, double>)double.LogP1),
        ("max", (Func<double, double, double>)Math.Max),
        ("min", (Func<double, double, double>)Math.Min),
        ("pow", (Func<double, double, double>)Math.Pow),
        ("round", (Func<double, double>)(value => Math.Round(value, MidpointRounding.AwayFromZero))),
        ("sign", (Func<double, double>)(value => double.IsNaN(value) ? value : Math.Sign(value))),
        ("sin", (Func<double, double>)Math.Sin),
        ("sqrt", (Func<double, double>)Math.Sqrt),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    public static void AddTo(Interpreter interpreter)
    {
        foreach (var (name, function) in All)
        {
            interpreter.SetFunction(name, function);
        }
    }
}
