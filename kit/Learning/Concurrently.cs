namespace Trainyard.Learning;

/// <summary>Few things of much work each, as columns are, which differ in how much that is: whoever is done takes the
/// next one.</summary>
public static class Concurrently
{
    /// <summary>What is made of each, in their order.</summary>
    /// <param name="threads">How many may be at work at once.</param>
    public static TResult[] Select<TItem, TResult>(
        IReadOnlyList<TItem> items,
        int threads,
        Func<TItem, TResult> make,
        CancellationToken cancel = default
    )
    {
        var made = new TResult[items.Count];
        Parallel.For(
            0,
            items.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            place => made[place] = make(items[place])
        );
        return made;
    }
}
