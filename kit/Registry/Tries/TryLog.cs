using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Registry;

/// <summary>The tries on the rows of one run, in its folder, and the looks at holdouts of its pipeline.</summary>
public sealed class TryLog(RunFolder run)
{
    /// <summary>Where tries and their scores are; they go with the run.</summary>
    public string Root => $"{run.Root}/tries";

    private string Looks => $"{run.Pipeline}/looks";

    /// <summary>All tries in order of their numbers.</summary>
    public async Task<IReadOnlyList<Try>> ReadAsync(CancellationToken cancel)
    {
        var tries = new List<Try>();
        await foreach (var entry in run.Store.ListAsync($"{Root}/", cancel))
        {
            if (entry.Name.EndsWith(".json", StringComparison.Ordinal))
            {
                tries.Add(Sealed.Read<Try>(await run.Store.ReadAsync(entry.Name, cancel), run.Store.UriOf(entry.Name)));
            }
        }

        return tries;
    }

    /// <summary>The tries of these numbers, in the order given; 66 where one is not there.</summary>
    public async Task<IReadOnlyList<Try>> ReadAsync(IReadOnlyList<int> numbers, CancellationToken cancel)
    {
        var all = await ReadAsync(cancel);
        return
        [
            .. numbers.Select(number =>
                all.FirstOrDefault(each => each.Number == number)
                ?? throw Fault.MissingInput(
                    $"There is no try {number} on run '{run.Run}' of pipeline '{run.Pipeline}': "
                        + (
                            all.Count == 0
                                ? "nothing was tried on it yet."
                                : $"there are {Formats.Join([.. all.Select(each => $"{each.Number}")])}."
                        )
                        + " Nothing was changed."
                )
            ),
        ];
    }

    /// <summary>Writes a try under the next free number.</summary>
    /// <param name="before">What is to be done first, once that number is known; it may be done again with
    /// another.</param>
    /// <returns>As it stands.</returns>
    public async Task<Try> AppendAsync(Try made, Func<Try, Task> before, CancellationToken cancel)
    {
        while (true)
        {
            var standing = await ReadAsync(cancel);
            var numbered = made with { Number = standing.Count == 0 ? 1 : standing[^1].Number + 1 };
            await before(numbered);
            if (await run.Store.TryCreateAsync(Name(numbered.Number), Sealed.Bytes(numbered), cancel))
            {
                return numbered;
            }
        }

        string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"{Root}/{number:000000}.json");
    }

    /// <summary>Notes a look at a holdout, before anybody sees it.</summary>
    /// <param name="attempt">Tells it from others: a run that has gone leaves its name to another.</param>
    public Task NoteAsync(Look look, string attempt, CancellationToken cancel) =>
        run.Store.TryCreateAsync($"{Looks}/{look.Run}-{attempt}.json", Sealed.Bytes(look), cancel);

    /// <summary>How often somebody has looked at the holdout of the run, or at some of its rows in that of
    /// another.</summary>
    public async Task<int> CountLooksAsync(DateTimeOffset? after, DateTimeOffset? through, CancellationToken cancel)
    {
        var looks = 0;
        await foreach (var entry in run.Store.ListAsync($"{Looks}/", cancel))
        {
            var look = Sealed.Read<Look>(await run.Store.ReadAsync(entry.Name, cancel), run.Store.UriOf(entry.Name));
            looks += look.Saw(after, through) ? 1 : 0;
        }

        return looks;
    }
}
