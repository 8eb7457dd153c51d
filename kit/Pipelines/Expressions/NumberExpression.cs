using System.Linq.Expressions;
using System.Text.RegularExpressions;
using DynamicExpresso;
using DynamicExpresso.Exceptions;

namespace Trainyard.Pipelines;

/// <summary>
/// An arithmetic expression over numeric columns of a row, compiled. Every number is a double and null is NaN, which
/// arithmetic carries on; a comparison with NaN is false, so <c>isnull</c> and <c>coalesce</c> are there to ask.
/// </summary>
public sealed partial class NumberExpression
{
    private readonly Func<double[], double> _evaluate;

    private NumberExpression(IReadOnlyList<string> columns, Func<double[], double> evaluate) => (Columns, _evaluate) = (columns, evaluate);

    /// <summary>The columns it reads, in the order in which <see cref="Evaluate"/> takes their values.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The value for one row. <paramref name="values"/> are the columns' values; NaN is null, in and out.</summary>
    public double Evaluate(double[] values) => _evaluate(values);

    /// <summary>Parses an expression.</summary>
    /// <exception cref="FormatException">It does not parse; the message says where and what is known.</exception>
    public static NumberExpression Parse(string text)
    {
        Refuse(text);
        var interpreter = MakeInterpreter();
        try
        {
            var unknown = interpreter.DetectIdentifiers(text).UnknownIdentifiers.ToList();
            if (unknown.FirstOrDefault(name => Regex.IsMatch(text, $@"\b{Regex.Escape(name)}\s*\(")) is { } function)
            {
                throw new FormatException($"there is no function '{function}'.{Nearest.Hint(function, NumberFunctions.Names)} There are {string.Join(", ", NumberFunctions.Names)}.");
            }

            var columns = unknown.OrderBy(name => Regex.Match(text, $@"\b{Regex.Escape(name)}\b").Index).ToList();
            var parsed = interpreter.Parse(text, [.. columns.Select(name => new Parameter(name, typeof(double)))]);
            return new NumberExpression(columns, Compile(parsed, columns));
        }
        catch (ParseException broken)
        {
            throw new FormatException($"it does not parse: {broken.Message.TrimEnd('.')}.", broken);
        }
    }

    /// <summary>One delegate over an array, without boxing: the parsed parameters become the array's elements.</summary>
    private static Func<double[], double> Compile(Lambda parsed, List<string> columns)
    {
        var values = Expression.Parameter(typeof(double[]), "values");
        var body = new Replace(parsed.UsedParameters.ToDictionary(
            parameter => parameter.Expression,
            parameter => (Expression)Expression.ArrayIndex(values, Expression.Constant(columns.IndexOf(parameter.Name))))).Visit(parsed.Expression);
        var number = body.Type == typeof(bool) ? Expression.Condition(body, Expression.Constant(1.0), Expression.Constant(0.0))
            : body.Type == typeof(double) ? body
            : Expression.Convert(body, typeof(double));
        return Expression.Lambda<Func<double[], double>>(number, values).Compile();
    }

    /// <summary>The interpreter knows more C# than arithmetic; what is not arithmetic is refused before it sees it.</summary>
    private static void Refuse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FormatException("it is empty.");
        }

        if (NotArithmetic().Match(text) is { Success: true } found)
        {
            throw new FormatException($"'{found.Value.Trim()}' at position {found.Index + 1} is not arithmetic: an expression has columns, numbers, functions, + - * / %, comparisons, && || ! and parentheses.");
        }
    }

    private static Interpreter MakeInterpreter()
    {
        var interpreter = new Interpreter(InterpreterOptions.None);
        interpreter.SetDefaultNumberType(DefaultNumberType.Double);
        interpreter.EnableAssignment(AssignmentOperators.None);
        NumberFunctions.AddTo(interpreter);
        return interpreter;
    }

    // Anything outside the alphabet of arithmetic; a dot that is not inside a number; a single '=', '&' or '|'; 'new' and 'typeof'.
    [GeneratedRegex(@"[^A-Za-z0-9_\s.+\-*/%()<>=!&|,]|(?<![0-9])\.|\.(?![0-9])|(?<![=<>!])=(?!=)|(?<!&)&(?!&)|(?<!\|)\|(?!\|)|\b(new|typeof|is|as|default)\b")]
    private static partial Regex NotArithmetic();

    private sealed class Replace(Dictionary<ParameterExpression, Expression> by) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => by.GetValueOrDefault(node, node);
    }
}
