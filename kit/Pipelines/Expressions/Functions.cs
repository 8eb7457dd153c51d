using DynamicExpresso;

namespace Trainyard.Pipelines.Expressions;

/// <summary>The functions an expression can call.</summary>
internal static class Functions
{
    private const string Numbers = "2 to 4 numbers";

    /// <summary>Each function with what it takes and its forms.</summary>
    public static IReadOnlyDictionary<string, (string Takes, Delegate[] Forms)> All { get; } =
        new Dictionary<string, (string, Delegate[])>
        {
            ["log"] = One(Math.Log),
            ["log1p"] = One(double.LogP1),
            ["exp"] = One(Math.Exp),
            ["sqrt"] = One(Math.Sqrt),
            ["abs"] = One(Math.Abs),
            ["floor"] = One(Math.Floor),
            ["ceil"] = One(Math.Ceiling),
            ["sin"] = One(Math.Sin),
            ["cos"] = One(Math.Cos),
            ["sign"] = One(value => double.IsNaN(value) ? value : Math.Sign(value)),
            ["round"] = (
                "a number, or a number and how many decimals (0 to 15)",
                [
                    (Number a) => new Number(Math.Round(a.Value, MidpointRounding.AwayFromZero)),
                    (Number a, Number decimals) => new Number(Round(a.Value, decimals.Value)),
                ]
            ),
            ["pow"] = (
                "a number and its exponent",
                [(Number a, Number b) => new Number(a.IsNull || b.IsNull ? double.NaN : Math.Pow(a.Value, b.Value))]
            ),
            ["min"] = Many((a, b) => new(Math.Min(a.Value, b.Value))),
            ["max"] = Many((a, b) => new(Math.Max(a.Value, b.Value))),
            ["coalesce"] = Many((a, b) => a.IsNull ? b : a),
            ["isnull"] = ("a number", [(Number a) => Number.Of(a.IsNull)]),
            ["if"] = (
                "a condition, the value where it holds, and the value where it does not (or is null)",
                [(Number condition, Number yes, Number no) => condition.IsTrue ? yes : no]
            ),
        };

    public static void Register(Interpreter interpreter, string name, string registeredName)
    {
        foreach (var form in All[name].Forms)
        {
            interpreter.SetFunction(registeredName, form);
        }
    }

    private static (string, Delegate[]) One(Func<double, double> function) =>
        ("a number", [(Number a) => new Number(function(a.Value))]);

    private static (string, Delegate[]) Many(Func<Number, Number, Number> fold) =>
        (
            Numbers,
            [
                (Number a, Number b) => fold(a, b),
                (Number a, Number b, Number c) => fold(fold(a, b), c),
                (Number a, Number b, Number c, Number d) => fold(fold(fold(a, b), c), d),
            ]
        );

    private static double Round(double value, double decimals) =>
        double.IsNaN(decimals)
            ? double.NaN
            : Math.Round(value, (int)Math.Clamp(decimals, 0, 15), MidpointRounding.AwayFromZero);
}
