using System.Globalization;
using System.Text.RegularExpressions;

namespace Trainyard.Pipelines.Expressions;

internal enum TokenKind
{
    Column,
    Function,
    Number,
    Operator,
}

internal readonly record struct Token(TokenKind Kind, string Text, int Index);

/// <summary>
/// Cuts an expression into what may stand in one. The expression library knows much more (members, types, assignments,
/// text); whatever is not of these few kinds never reaches it.
/// </summary>
internal static partial class Lexer
{
    private const string Made =
        "An expression is made of columns, numbers, functions and the operators + - * / % < <= > >= == != && || !";

    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var match = Known().Match(text, at);
            if (!match.Success)
            {
                throw new ExpressionException(Refusal(text, at), at);
            }

            tokens.Add(new Token(KindOf(match, text), match.Value, at));
            at += match.Length;
        }

        return tokens;
    }

    public static double Value(Token number) =>
        double.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static TokenKind KindOf(Match match, string text)
    {
        if (match.Groups["operator"].Success)
        {
            return TokenKind.Operator;
        }

        if (match.Groups["number"].Success)
        {
            return TokenKind.Number;
        }

        return text.AsSpan(match.Index + match.Length).TrimStart().StartsWith("(")
            ? TokenKind.Function
            : TokenKind.Column;
    }

    private static string Refusal(string text, int at) =>
        text[at] switch
        {
            '"' or '\'' => $"text cannot stand in an expression; learn text columns as categories. {Made}",
            '=' => "'=' does not compare; write '=='",
            '&' => "'&' is not an operator; write '&&'",
            '|' => "'|' is not an operator; write '||'",
            '^' => "'^' is not an operator; write pow(x, 2)",
            '?' => "'?' is not an operator; write if(condition, yes, no)",
            var digit when char.IsAsciiDigit(digit) => $"'{Word().Match(text, at).Value}' is not a number",
            var other => $"'{other}' cannot stand in an expression. {Made}",
        };

    [GeneratedRegex(
        @"\G((?<number>(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?(?![\w.]))|(?<name>[A-Za-z_]\w*)|(?<operator><=|>=|==|!=|&&|\|\||[-+*/%<>!(),]))",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Known();

    [GeneratedRegex(@"\G[\w.]+")]
    private static partial Regex Word();
}
