using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class NumberExpressionTests
{
    private const double Null = double.NaN;

    [Theory]
    [InlineData("a - b", 5, 3, 2)]
    [InlineData("a / b", 1, 2, 0.5)]
    [InlineData("1 / 2", 0, 0, 0.5)]
    [InlineData("7 % 4 + 2 * 3", 0, 0, 9)]
    [InlineData("-a * -2", 3, 0, 6)]
    [InlineData("a - -b", 3, 1, 4)]
    [InlineData("(a > b) + 1", 5, 3, 2)]
    [InlineData("(1 > 2) + (2 > 1) + 1", 0, 0, 2)]
    [InlineData("a > b && !(a == 3)", 5, 3, 1)]
    [InlineData("a || b", 0, 0, 0)]
    [InlineData("a || b", 0, 2, 1)]
    [InlineData("!a", 0, 0, 1)]
    [InlineData("log(a) + log1p(b)", 1, 0, 0)]
    [InlineData("pow(a, 2) + sqrt(b)", 3, 16, 13)]
    [InlineData("abs(a) + sign(a)", -3, 0, 2)]
    [InlineData("floor(2.5) + ceil(2.5) + round(2.5)", 0, 0, 8)]
    [InlineData("round(a, 2)", 1.236, 0, 1.24)]
    [InlineData("min(a, b, 1, 7) + max(a, b)", 3, 2, 4)]
    [InlineData("if(isnull(a), b, a)", Null, 7, 7)]
    [InlineData("if (a >= 1, 10, 20)", 1, 0, 10)]
    [InlineData("if(a > 1, 10, 20)", Null, 0, 20)]
    [InlineData("coalesce(a, b, 3)", Null, Null, 3)]
    [InlineData("1.5e3 + .5", 0, 0, 1500.5)]
    [InlineData("sin(0) + cos(0) + exp(0)", 0, 0, 2)]
    public void Computes(string text, double a, double b, double expected)
    {
        var expression = NumberExpression.Parse(text);
        Assert.Equal(
            expected,
            expression.Evaluate([.. expression.Columns.Select(column => column == "a" ? a : b)]),
            12
        );
    }

    [Theory]
    [InlineData("a + 1")]
    [InlineData("a > 1")]
    [InlineData("a == a")]
    [InlineData("a != 1")]
    [InlineData("!a")]
    [InlineData("a && 1")]
    [InlineData("a || 0")]
    [InlineData("min(a, 1)")]
    [InlineData("max(1, a)")]
    [InlineData("pow(a, 0)")]
    [InlineData("round(1, a)")]
    [InlineData("sign(a)")]
    public void Null_goes_through(string text) => Assert.Equal(Null, NumberExpression.Parse(text).Evaluate([Null]));

    [Theory]
    [InlineData("a && 0", 0)]
    [InlineData("0 && a", 0)]
    [InlineData("a || 1", 1)]
    [InlineData("1 || a", 1)]
    public void Null_does_not_hide_what_is_certain(string text, double expected) =>
        Assert.Equal(expected, NumberExpression.Parse(text).Evaluate([Null]));

    [Fact]
    public void Columns_are_named_once_in_the_order_of_appearance_and_may_be_called_anything()
    {
        var expression = NumberExpression.Parse("b - new * b + min + typeof");
        Assert.Equal(["b", "new", "min", "typeof"], expression.Columns);
        Assert.Equal(3 - (5 * 3) + 7 + 11, expression.Evaluate([3, 5, 7, 11]));
    }

    [Theory]
    [InlineData(
        "lgo(a)",
        0,
        "there is no function 'lgo'. Did you mean 'log'? Functions: log, log1p, exp, sqrt, abs, floor, ceil, "
            + "sin, cos, sign, round, pow, min, max, coalesce, isnull, if"
    )]
    [InlineData("1 + log(a, b)", 4, "log takes a number")]
    [InlineData(
        "if(a, 1)",
        0,
        "if takes a condition, the value where it holds, and the value where it does not (or is null)"
    )]
    [InlineData("min(a)", 0, "min takes 2 to 4 numbers")]
    [InlineData("a = 1", 2, "'=' does not compare; write '=='")]
    [InlineData(
        "a == \"x\"",
        5,
        "text cannot stand in an expression; learn text columns as categories. An expression is made of "
            + "columns, numbers, functions and the operators + - * / % < <= > >= == != && || !"
    )]
    [InlineData(
        "a.Length",
        1,
        "'.' cannot stand in an expression. An expression is made of columns, numbers, functions and the "
            + "operators + - * / % < <= > >= == != && || !"
    )]
    [InlineData(
        "a[0]",
        1,
        "'[' cannot stand in an expression. An expression is made of columns, numbers, functions and the "
            + "operators + - * / % < <= > >= == != && || !"
    )]
    [InlineData("a ? 1 : 2", 2, "'?' is not an operator; write if(condition, yes, no)")]
    [InlineData("a => 1", 2, "'=' does not compare; write '=='")]
    [InlineData("2x", 0, "'2x' is not a number")]
    [InlineData("a +", 3, "the expression ends too early")]
    [InlineData("(a", 2, "the expression ends too early")]
    [InlineData("", 0, "the expression is empty")]
    [InlineData("a b", 2, "'b' is not expected here")]
    [InlineData("a + * b", 4, "'*' is not expected here")]
    [InlineData("a)", 1, "')' is not expected here")]
    [InlineData("()", 1, "')' is not expected here")]
    [InlineData(
        "System.Math.Abs(a)",
        6,
        "'.' cannot stand in an expression. An expression is made of columns, numbers, functions and the "
            + "operators + - * / % < <= > >= == != && || !"
    )]
    [InlineData(
        "new Number(1)",
        4,
        "there is no function 'Number'. Functions: log, log1p, exp, sqrt, abs, floor, ceil, sin, cos, sign, "
            + "round, pow, min, max, coalesce, isnull, if"
    )]
    public void Refuses(string text, int index, string message)
    {
        var refused = Assert.Throws<ExpressionException>(() => NumberExpression.Parse(text));
        Assert.Equal((message, index), (refused.Message, refused.Index));
    }
}
