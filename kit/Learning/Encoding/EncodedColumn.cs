using System.Text.Json.Serialization;
using Trainyard.Learning.Data;
using Trainyard.Registry;

namespace Trainyard.Learning.Encoding;

/// <summary>A column as the model reads it.</summary>
public sealed record EncodedColumn
{
    /// <summary>The code of null, which is a level like any other.</summary>
    public const int Null = 0;

    /// <summary>The code of levels that are rare, or were not seen.</summary>
    public const int Other = 1;

    public required string Name { get; init; }

    public required FeatureColumnKind Kind { get; init; }

    [JsonIgnore]
    public bool IsNumber => Kind == FeatureColumnKind.Number;

    /// <summary>Whether the model reads it in 32 bits, so that its rows may be kept in no more.</summary>
    [JsonIgnore]
    public bool IsSingle => IsNumber && Cuts is null && Scale is null && !IsAsIs;

    /// <summary>Of a category: the levels that have a code of their own, from 2 on: by the mean of their
    /// labels, or most frequent first.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>Of a category: the levels that were seen, and are too rare to have a code of their own.</summary>
    public IReadOnlyList<string> Rare { get; init; } = [];

    /// <summary>Of a number in which 32 bits would make equal what is not: where its places end, from the lowest
    /// on.</summary>
    public IReadOnlyList<double>? Cuts { get; init; }

    /// <summary>Of a number that is read in standard deviations from its mean.</summary>
    public Scale? Scale { get; init; }

    /// <summary>Whether the model reads what the query gives: then levels are known for counting those that were not
    /// seen.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsAsIs { get; init; }

    /// <summary>Of a text: the words and pieces that are kept.</summary>
    public TextGrams? Grams { get; init; }

    /// <summary>A number that is read as it is.</summary>
    public static EncodedColumn NumberOf(string name) => new() { Name = name, Kind = FeatureColumnKind.Number };

    /// <summary>Each row's value, or its distance from the mean, or its place between the cut points, counted from that
    /// of zero; NaN stays NaN.</summary>
    public float[] Encode(NumberColumn column)
    {
        if (Scale is not null)
        {
            return Scale.Encode(column);
        }

        if (Cuts is null)
        {
            return column.ToSingles();
        }

        // Of rounded values the cuts are rounded too: what was not above a cut is not above it then either.
        double[] cuts = [.. column.IsRounded ? Cuts.Select(cut => (double)(float)cut) : Cuts];
        var (places, zero) = (new float[column.Count], CutPoints.CountBelow(cuts, 0));
        for (var row = 0; row < places.Length; row++)
        {
            var value = column[row];
            places[row] = double.IsNaN(value) ? float.NaN : CutPoints.CountBelow(cuts, value) - zero;
        }

        return places;
    }

    /// <summary>The code of each row's level.</summary>
    public float[] Encode(CategoryColumn column)
    {
        var places = new Dictionary<string, int>(
            Levels.Select((level, place) => KeyValuePair.Create(level, place + Other + 1)),
            StringComparer.Ordinal
        );
        foreach (var level in column.HasNumbers ? Levels : [])
        {
            // Version 1.0 learned every way to write a number as a level of its own.
            places.TryAdd(LevelText.OfNumber(level).ToString(), places[level]);
        }

        float[] ofCode = [Null, .. column.Levels.Select(level => places.GetValueOrDefault(level, Other))];
        return Array.ConvertAll(column.Codes, code => ofCode[code]);
    }

    /// <summary>How many rows have a level that the rows learned from did not have; null is no such level.</summary>
    public long CountUnseen(CategoryColumn column)
    {
        var seen = Levels.Concat(Rare).ToHashSet(StringComparer.Ordinal);
        seen.UnionWith(column.HasNumbers ? [.. seen.Select(level => LevelText.OfNumber(level).ToString())] : []);
        bool[] unseen = [false, .. column.Levels.Select(level => !seen.Contains(level))];
        return column.Codes.LongCount(code => unseen[code]);
    }
}
