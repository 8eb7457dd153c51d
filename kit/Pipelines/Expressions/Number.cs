using System.Diagnostics.CodeAnalysis;

namespace Trainyard.Pipelines.Expressions;

/// <summary>
/// A value in an expression. NaN is null, and null goes through everything as in SQL: <c>null > 1</c> is null,
/// <c>null &amp;&amp; false</c> is false. A comparison is the number 1 or 0.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1036:Override methods on comparable types",
    Justification = "Values are only compared inside a compiled expression."
)]
[SuppressMessage(
    "Usage",
    "CA2225:Operator overloads have named alternates",
    Justification = "The expression library finds operators by their operator methods."
)]
internal readonly struct Number(double value) : IEquatable<Number>
{
    public double Value { get; } = value;

    public bool IsNull => double.IsNaN(Value);

    private static Number Null => new(double.NaN);

    public static Number operator +(Number a, Number b) => new(a.Value + b.Value);

    public static Number operator -(Number a, Number b) => new(a.Value - b.Value);

    public static Number operator *(Number a, Number b) => new(a.Value * b.Value);

    public static Number operator /(Number a, Number b) => new(a.Value / b.Value);

    public static Number operator %(Number a, Number b) => new(a.Value % b.Value);

    public static Number operator -(Number a) => new(-a.Value);

    public static Number operator <(Number a, Number b) => Compared(a, b, a.Value < b.Value);

    public static Number operator >(Number a, Number b) => Compared(a, b, a.Value > b.Value);

    public static Number operator <=(Number a, Number b) => Compared(a, b, a.Value <= b.Value);

    public static Number operator >=(Number a, Number b) => Compared(a, b, a.Value >= b.Value);

    public static Number operator ==(Number a, Number b) => Compared(a, b, a.Value == b.Value);

    public static Number operator !=(Number a, Number b) => Compared(a, b, a.Value != b.Value);

    public static Number operator !(Number a) => a.IsNull ? a : Of(a.Value == 0);

    // && and ||: the library asks for true and false first, and then for & and |.
    public static Number operator &(Number a, Number b) =>
        a.Value == 0 || b.Value == 0 ? Of(false)
        : a.IsNull || b.IsNull ? Null
        : Of(true);

    public static Number operator |(Number a, Number b) =>
        a.IsTrue || b.IsTrue ? Of(true)
        : a.IsNull || b.IsNull ? Null
        : Of(false);

    public static bool operator true(Number a) => a.IsTrue;

    public static bool operator false(Number a) => a.Value == 0;

    public bool IsTrue => Value != 0 && !IsNull;

    public static Number Of(bool value) => new(value ? 1 : 0);

    public override bool Equals(object? obj) => obj is Number other && Equals(other);

    public bool Equals(Number other) => Value.Equals(other.Value);

    public override int GetHashCode() => Value.GetHashCode();

    private static Number Compared(Number a, Number b, bool result) => a.IsNull || b.IsNull ? Null : Of(result);
}
