using Trainyard.Registry;

namespace Trainyard.Learning.Data;

/// <summary>A feature's numbers, NaN where null: in 32 bits where each of them is one, else in 64.</summary>
public sealed record NumberColumn : FrameColumn
{
    private readonly float[]? _singles;
    private readonly double[]? _doubles;
    private float[]? _rounded;

    public NumberColumn(string name, float[] values)
        : base(name) => _singles = values;

    public NumberColumn(string name, double[] values)
        : base(name) => _doubles = values;

    public override FeatureColumn Feature => new(Name, FeatureColumnKind.Number);

    public int Count => _singles?.Length ?? _doubles!.Length;

    /// <summary>The values, where 32 bits hold them all.</summary>
    public float[]? Singles => _singles;

    public double this[int row] => _singles is null ? _doubles![row] : _singles[row];

    public override bool IsNull(int row) => double.IsNaN(this[row]);

    /// <summary>A copy of the values without nulls.</summary>
    public double[] Known() =>
        _singles is null
            ? Array.FindAll(_doubles!, value => !double.IsNaN(value))
            : [.. _singles.Where(value => !float.IsNaN(value)).Select(value => (double)value)];

    public override FrameColumn Take(int[] rows) =>
        _singles is { } singles
            ? new NumberColumn(Name, Array.ConvertAll(rows, row => singles[row])) { IsRounded = IsRounded }
            : new NumberColumn(Name, Array.ConvertAll(rows, row => _doubles![row]));

    /// <summary>Whether the values were rounded to 32 bits, because that makes none of them equal that were
    /// not.</summary>
    public bool IsRounded { get; private init; }

    /// <summary>The column in half the memory, for whoever knows that rounding loses nothing.</summary>
    public NumberColumn Rounded() => _singles is null ? new(Name, ToSingles()) { IsRounded = true } : this;

    /// <summary>Each value rounded to 32 bits. The same array every time: several models read it.</summary>
    public float[] ToSingles() => _singles ?? (_rounded ??= Array.ConvertAll(_doubles!, value => (float)value));

    /// <summary>Puts columns one after the other.</summary>
    public static NumberColumn Join(string name, IReadOnlyList<NumberColumn> parts)
    {
        if (parts.All(part => part._singles is not null))
        {
            return new(name, [.. parts.SelectMany(part => part._singles!)]);
        }

        var (joined, count) = (new double[parts.Sum(part => part.Count)], 0);
        foreach (var part in parts)
        {
            for (var row = 0; row < part.Count; row++)
            {
                joined[count++] = part[row];
            }
        }

        return new(name, joined);
    }

    /// <summary>Whether 32 bits hold a value.</summary>
    public static bool IsSingle(double value) => (float)value == value || double.IsNaN(value);
}
