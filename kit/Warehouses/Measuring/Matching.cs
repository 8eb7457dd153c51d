using System.Runtime.CompilerServices;

namespace Trainyard.Warehouses;

/// <summary>A cutoff and key with what both sides know of it.</summary>
/// <param name="Identity">Cutoff and key, as UTF-8.</param>
/// <param name="HasRow">Whether the query returns the row.</param>
/// <param name="Row">What is wanted of it.</param>
/// <param name="Answers">What was published for it, in that order; none where nothing was.</param>
public sealed record Match<T>(
    IReadOnlyList<byte[]> Identity,
    bool HasRow,
    T Row,
    IReadOnlyList<PublishedAnswer> Answers
);

/// <summary>Joins rows with what was published for them: two streams of one order, so that it takes the memory of a row
/// of each, however many there are.</summary>
public static class Matching
{
    /// <remarks>Reading the warehouse blocks: use it on a pool thread.</remarks>
    public static async IAsyncEnumerable<Match<T>> OfAsync<T>(
        OrderedRows<T> rows,
        OrderedRows<PublishedAnswer> answers,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await rows.MoveAsync(cancel);
        await answers.MoveAsync(cancel);
        while (!rows.IsAtEnd || !answers.IsAtEnd)
        {
            var order =
                rows.IsAtEnd ? 1
                : answers.IsAtEnd ? -1
                : rows.CompareTo(answers);
            var identity = order <= 0 ? rows.Identity : answers.Identity;
            var published = new List<PublishedAnswer>();
            while (order >= 0 && answers.Is(identity))
            {
                published.Add(answers.Value);
                await answers.MoveAsync(cancel);
            }

            yield return new Match<T>(identity, order <= 0, order <= 0 ? rows.Value : default!, published);
            if (order <= 0)
            {
                await rows.MoveAsync(cancel);
            }
        }
    }
}
