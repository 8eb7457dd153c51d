using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Tickets;

/// <summary>
/// Tickets as people write them: politely or not, with typing errors, at times about two things, at times in a few
/// words. Until one is solved it is with any team; the team that solves it is seldom the wrong one.
/// </summary>
internal static class TicketsSample
{
    private const double SecondThing = 0.2;
    private const double SolvedElsewhere = 0.04;
    private const double Typo = 0.02;

    private static readonly string[] Channels = ["mail", "form", "app"];
    private static readonly string[] Greetings = ["Hello", "Good morning", "Dear team", "Hi there"];
    private static readonly string[] Fillers =
    [
        "I have been a customer for years.",
        "This is the second time that I write.",
        "My order number is {0}.",
        "Can somebody call me back?",
        "I am rather annoyed.",
        "No hurry.",
    ];
    private static readonly string[] Ends = ["Thanks", "Kind regards", "Please hurry!", "🙏", "Sent from my phone"];

    public static MadeUp Of { get; } =
        new(
            "tickets",
            "what customers of a shop write to it",
            Days: 365,
            "2025-01-01",
            new MadeUpSize("tickets", 4000),
            Edition: 1,
            [new MadeUpTable("tickets", Lines)]
        );

    private static IEnumerable<string> Lines(MadeUpPlan plan)
    {
        var (days, words, teams) = (new Chance(plan.Seed, 1), new Chance(plan.Seed, 2), new Chance(plan.Seed, 3));
        double[] opened = [.. Enumerable.Range(0, plan.Size).Select(_ => plan.Days * days.Uniform()).Order()];
        double[] shares = [.. TicketQueue.All.Select(queue => queue.Share)];
        yield return "ticket_id,opened_at,channel,subject,body,queue,solved_at";
        foreach (var (id, day) in opened.Index())
        {
            var about = words.Pick(TicketQueue.All, shares);
            var channel = words.Pick(Channels);
            var subject = channel == "app" ? "" : Quoted(Typed(words.Pick(about.Subjects), words));
            var body = Quoted(Typed(Body(about, words), words));
            var solved = day + 0.05 + teams.Exponential(2);
            var isSolved = solved < plan.Days;
            var queue = !isSolved || teams.Is(SolvedElsewhere) ? teams.Pick(TicketQueue.All) : about;
            yield return $"{id + 1},{Instants.Of(plan.Start, day)},{channel},{subject},{body},{queue.Name},"
                + $"{(isSolved ? Instants.Of(plan.Start, solved) : "")}";
        }
    }

    private static string Body(TicketQueue about, Chance words)
    {
        List<string> said = [Sentence(words.Pick(about.Phrases))];
        if (words.Is(0.5))
        {
            said.Add(Sentence(words.Pick(about.Phrases)));
        }

        if (words.Is(SecondThing))
        {
            said.Add("And " + words.Pick(words.Pick(TicketQueue.All).Phrases) + ".");
        }

        if (words.Is(0.6))
        {
            said.Insert(words.Below(2), words.Pick(Fillers).Replace("{0}", $"{words.Below(900_000) + 100_000}"));
        }

        var text = string.Join(' ', said);
        text = words.Is(0.7) ? $"{words.Pick(Greetings)}, {text}" : text;
        return words.Is(0.6) ? $"{text} {words.Pick(Ends)}" : text;
    }

    private static string Sentence(string phrase) => char.ToUpperInvariant(phrase[0]) + phrase[1..] + ".";

    /// <summary>With two letters changed about now and then.</summary>
    private static string Typed(string text, Chance words)
    {
        var letters = text.ToCharArray();
        for (var i = 1; i < letters.Length; i++)
        {
            if (words.Is(Typo) && char.IsAsciiLetter(letters[i]) && char.IsAsciiLetter(letters[i - 1]))
            {
                (letters[i - 1], letters[i]) = (letters[i], letters[i - 1]);
            }
        }

        return new string(letters);
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
