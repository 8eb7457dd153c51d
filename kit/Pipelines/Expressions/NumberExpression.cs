using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using DynamicExpresso;
using DynamicExpresso.Exceptions;
using Trainyard.Pipelines.Expressions;

namespace Trainyard.Pipelines;

/// <summary>
/// Arithmetic over the numeric columns of a row, compiled. All values are double precision; NaN is null and goes
/// through
/// everything but <c>isnull</c>, <c>coalesce</c> and <c>if</c>; a comparison is 1 or 0; division is real.
/// </summary>
public sealed class NumberExpression
{
    private const int LongestText = 4_000;

    private readonly Func<double[], double> _compiled;

    private NumberExpression(string text, IReadOnlyList<string> columns, Func<double[], double> compiled) =>
        (Text, Columns, _compiled) = (text, columns, compiled);

    public string Text { get; }

    /// <summary>The columns it reads, in the order of their first appearance.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The value for a row.</summary>
    /// <param name="values">The values of <see cref="Columns"/>; NaN is null.</param>
    /// <returns>NaN for null.</returns>
    public double Evaluate(double[] values) => _compiled(values);

    /// <summary>Compiles an expression, or throws <see cref="ExpressionException"/>.</summary>
    public static NumberExpression Parse(string text)
    {
        if (text.Length > LongestText)
        {
            throw new ExpressionException(
                $"the expression is longer than {LongestText} characters; compute it in the SQL",
                0
            );
        }

        var tokens = Lexer.Read(text);
        var columns = tokens
            .Where(token => token.Kind == TokenKind.Column)
            .Select(token => token.Text)
            .Distinct()
            .ToArray();
        var source = new Source(tokens, columns);
        var parameters = columns.Select((_, index) => new Parameter(Source.NameOf(index), typeof(Number))).ToArray();
        var body = Parse(source, parameters);

        var row = Expression.Parameter(typeof(double[]), "row");
        var read = parameters
            .Select(
                (parameter, index) =>
                    (parameter.Expression, Value: NewNumber(Expression.ArrayIndex(row, Expression.Constant(index))))
            )
            .ToDictionary(pair => (Expression)pair.Expression, pair => pair.Value);
        var compiled = Expression.Lambda<Func<double[], double>>(
            Expression.Property(new Replace(read).Visit(body), nameof(Number.Value)),
            row
        );
        return new NumberExpression(text, columns, compiled.Compile());
    }

    private static Expression Parse(Source source, Parameter[] parameters)
    {
        var interpreter = new Interpreter(InterpreterOptions.None);
        source.Register(interpreter);
        try
        {
            return interpreter.Parse(source.Text, typeof(Number), parameters).Expression;
        }
        catch (ParseException broken)
        {
            throw source.Explain(broken.Position);
        }
        catch (Exception broken)
            when (broken is InvalidOperationException or ArgumentException or DynamicExpressoException)
        {
            throw source.Explain(source.Text.Length);
        }
    }

    private static NewExpression NewNumber(Expression value) =>
        Expression.New(typeof(Number).GetConstructor([typeof(double)])!, value);

    private sealed class Replace(Dictionary<Expression, NewExpression> replacements) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) =>
            replacements.TryGetValue(node, out var replacement) ? replacement : node;
    }

    /// <summary>
    /// The expression with every name and number replaced by one of ours, so that a column may be called <c>new</c>,
    /// and
    /// <c>1 / 2</c> is not the division of two integers.
    /// </summary>
    private sealed class Source
    {
        private readonly List<Token> _tokens;
        private readonly List<int> _starts = [];

        public Source(List<Token> tokens, string[] columns)
        {
            _tokens = tokens;
            var text = new StringBuilder();
            for (var i = 0; i < tokens.Count; i++)
            {
                _starts.Add(text.Length);
                text.Append(
                        tokens[i] switch
                        {
                            { Kind: TokenKind.Column, Text: var name } => NameOf(Array.IndexOf(columns, name)),
                            { Kind: TokenKind.Number } => NumberNameOf(i),
                            { Kind: TokenKind.Function, Text: var name, Index: var at } => Functions.All.ContainsKey(
                                name
                            )
                                ? FunctionNameOf(name)
                                : throw new ExpressionException(
                                    $"there is no function '{name}'.{Nearest.Hint(name, Functions.All.Keys)} "
                                        + $"Functions: {string.Join(", ", Functions.All.Keys)}",
                                    at
                                ),
                            { Text: var sign } => sign,
                        }
                    )
                    .Append(' ');
            }

            Text = text.ToString();
        }

        public string Text { get; }

        public static string NameOf(int column) => string.Create(CultureInfo.InvariantCulture, $"column_{column}");

        public void Register(Interpreter interpreter)
        {
            for (var i = 0; i < _tokens.Count; i++)
            {
                if (_tokens[i].Kind == TokenKind.Number)
                {
                    interpreter.SetExpression(NumberNameOf(i), NewNumber(Expression.Constant(Lexer.Value(_tokens[i]))));
                }
            }

            foreach (
                var name in _tokens
                    .Where(token => token.Kind == TokenKind.Function)
                    .Select(token => token.Text)
                    .Distinct()
            )
            {
                Functions.Register(interpreter, name, FunctionNameOf(name));
            }
        }

        /// <summary>Why it does not parse, from where the library stopped.</summary>
        public ExpressionException Explain(int position)
        {
            var index = _starts.FindLastIndex(start => start <= position);
            var end = _tokens.Count == 0 ? 0 : _tokens[^1].Index + _tokens[^1].Text.Length;
            return index < 0 ? new ExpressionException("the expression is empty", 0)
                : _tokens[index] is { Kind: TokenKind.Function } function
                    ? new ExpressionException(
                        $"{function.Text} takes {Functions.All[function.Text].Takes}",
                        function.Index
                    )
                : position >= Text.TrimEnd().Length ? new ExpressionException("the expression ends too early", end)
                : new ExpressionException($"'{_tokens[index].Text}' is not expected here", _tokens[index].Index);
        }

        private static string NumberNameOf(int token) => string.Create(CultureInfo.InvariantCulture, $"number_{token}");

        private static string FunctionNameOf(string name) => $"function_{name}";
    }
}
