using System.Text.Json.Serialization;
using Trainyard.Datasets;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Encoding;

/// <summary>
/// How a column of texts is read: which words and pieces are kept, by the buckets they are hashed into, and how much
/// each says. What few texts have says more (its inverse document frequency), what comes again in a text says little
/// more (its logarithm), and all of a text together has the same length, however long it is.
/// </summary>
public sealed record TextGrams
{
    /// <summary>The length of a text: with it one penalty suits texts and the numbers and levels beside them.</summary>
    public const double Reach = 20;

    /// <summary>What only one row has tells nothing of others.</summary>
    private const int LeastRows = 2;

    /// <summary>What rows of so many keys have is nobody's own, and may be called by its name.</summary>
    private const int KeysToBeNamed = 5;

    private const int LongestName = 40;

    private int[]? _placeOf;

    /// <summary>Into how many words and pieces are hashed.</summary>
    public required int Buckets { get; init; }

    /// <summary>How many rows were learned.</summary>
    public required int Rows { get; init; }

    /// <summary>The buckets that are kept, in their order: the first has the place 1, for 0 is that of null.</summary>
    [JsonConverter(typeof(Packed<int>))]
    public required int[] Kept { get; init; }

    /// <summary>In how many of the rows each is.</summary>
    [JsonConverter(typeof(Packed<int>))]
    public required int[] Seen { get; init; }

    /// <summary>The word that most of what is in a kept bucket is, where it may be told; nobody knows them but who has
    /// learned them.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<int, string> Names { get; init; } = new Dictionary<int, string>();

    /// <summary>Places of the wide table.</summary>
    [JsonIgnore]
    public int Places => Kept.Length + 1;

    /// <param name="most">How many are kept at most: those that most rows have.</param>
    /// <param name="keys">Of the rows, by their places: whose they are.</param>
    public static TextGrams Learn(TextColumn column, IReadOnlyList<int> rows, int buckets, int most, ulong[] keys)
    {
        // The rows of a text lie together.
        int[] byText = [.. rows.Where(row => column.Codes[row] > 0)];
        Array.Sort(Array.ConvertAll(byText, row => column.Codes[row]), byText);
        var (counter, names, seen) = (
            new GramCounter(buckets),
            new WordNames(buckets, KeysToBeNamed),
            new int[buckets]
        );
        for (int first = 0, next; first < byText.Length; first = next)
        {
            var code = column.Codes[byText[first]];
            for (next = first + 1; next < byText.Length && column.Codes[byText[next]] == code; next++) { }

            var times = next - first;
            names.Begin(times, KeysOf(byText.AsSpan(first, times), keys));
            foreach (var bucket in counter.Of(column.Texts[code - 1], names.Add))
            {
                seen[bucket] += times;
            }
        }

        int[] kept =
        [
            .. Enumerable
                .Range(0, buckets)
                .Where(bucket => seen[bucket] >= LeastRows)
                .OrderByDescending(bucket => seen[bucket])
                .Take(most)
                .Order(),
        ];
        return new()
        {
            Buckets = buckets,
            Rows = rows.Count,
            Kept = kept,
            Seen = Array.ConvertAll(kept, bucket => seen[bucket]),
            Names = kept.Index()
                .Select(each => (Place: each.Index + 1, Name: names.Of(each.Item)))
                .Where(each => each.Name?.Length <= LongestName)
                .ToDictionary(each => each.Place, each => each.Name!),
        };
    }

    /// <summary>The texts that some of the rows have.</summary>
    /// <returns>By row the number of its text; 0 is null.</returns>
    public (float[] Numbers, TextRows Texts) Encode(TextColumn column)
    {
        var (numberOf, numbers) = (new int[column.Texts.Count + 1], new float[column.Codes.Length]);
        var (texts, counter, amounts) = (new List<Gram[]>(), new GramCounter(Buckets), AmountsOf());
        var places = new List<int>();
        texts.Add([new Gram(0, 1)]);
        for (var row = 0; row < numbers.Length; row++)
        {
            var code = column.Codes[row];
            if (code > 0 && numberOf[code] == 0)
            {
                numberOf[code] = texts.Count;
                texts.Add(Of(column.Texts[code - 1], counter, amounts, places));
            }

            numbers[row] = numberOf[code];
        }

        return (numbers, new TextRows([.. texts]));
    }

    /// <summary>The same rows with texts of those words alone that have a name, in no order but the alphabet's, and no
    /// more of these than so many characters.</summary>
    public TextColumn Told(TextColumn column, int most)
    {
        var (counter, placeOf, texts) = (new GramCounter(Buckets), PlaceOf(), new List<byte[]>());
        foreach (var code in column.Codes)
        {
            var (told, length) = (new List<string>(), 0);
            counter.Of(
                code == 0 ? [] : column.Texts[code - 1],
                (bucket, word) =>
                {
                    if (
                        Names.TryGetValue(placeOf[bucket], out var name)
                        && word.SequenceEqual(name)
                        && length + word.Length < most
                    )
                    {
                        told.Add(name);
                        length += word.Length + 1;
                    }
                }
            );
            told.Sort(StringComparer.Ordinal);
            texts.Add(System.Text.Encoding.UTF8.GetBytes(string.Join(' ', told)));
        }

        return new(
            column.Name,
            [.. column.Codes.Select((code, row) => code == 0 ? 0 : row + 1)],
            texts,
            [.. texts.Select(text => TextLength.Of(text))]
        );
    }

    /// <summary>Those of rows, as many as it takes to be named.</summary>
    private static HashSet<ulong> KeysOf(ReadOnlySpan<int> rows, ulong[] keys)
    {
        var some = new HashSet<ulong>();
        foreach (var row in rows)
        {
            if (some.Add(keys[row]) && some.Count == KeysToBeNamed)
            {
                break;
            }
        }

        return some;
    }

    /// <param name="places">Room for those of the text.</param>
    private Gram[] Of(byte[] text, GramCounter counter, double[] amounts, List<int> places)
    {
        var placeOf = PlaceOf();
        places.Clear();
        foreach (var bucket in counter.Of(text))
        {
            if (placeOf[bucket] is > 0 and var place)
            {
                places.Add(place);
            }
        }

        // In one order, whatever the order of the words: sums are then the same.
        places.Sort();
        var (grams, squares) = (new Gram[places.Count], 0.0);
        for (var i = 0; i < grams.Length; i++)
        {
            var place = places[i];
            var amount = (1 + Math.Log(counter.CountOf(Kept[place - 1]))) * amounts[place - 1];
            grams[i] = new Gram(place, (float)amount);
            squares += amount * amount;
        }

        var length = Reach / Math.Sqrt(squares);
        foreach (ref var gram in grams.AsSpan())
        {
            gram = gram with { Amount = (float)(gram.Amount * length) };
        }

        return grams;
    }

    private double[] AmountsOf() => Array.ConvertAll(Seen, seen => Math.Log((1.0 + Rows) / (1 + seen)) + 1);

    private int[] PlaceOf()
    {
        if (_placeOf is null)
        {
            var places = new int[Buckets];
            foreach (var (place, bucket) in Kept.Index())
            {
                places[bucket] = place + 1;
            }

            _placeOf = places;
        }

        return _placeOf;
    }
}
