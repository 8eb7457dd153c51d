namespace Trainyard.Hosting;

/// <summary>
/// A program that is started by another of ours ends with it, however that one dies: the starter holds the other end
/// of the program's standard input and never writes to it, so its end is the end of the starter. Only where the
/// variable says so: anybody else's standard input may be closed, or empty.
/// </summary>
public static class Lifeline
{
    public const string Variable = "TRAINYARD_LIFELINE";

    public const string StandardInput = "stdin";

    /// <summary>Calls back when the starter is gone.</summary>
    internal static void Watch(IReadOnlyDictionary<string, string> environment, Action gone)
    {
        if (
            EnvironmentVariables.Get(environment, Variable, text => text == StandardInput ? text : null, StandardInput)
            is not null
        )
        {
            new Thread(() =>
            {
                Drain();
                gone();
            })
            {
                IsBackground = true,
                Name = "lifeline",
            }.Start();
        }
    }

    private static void Drain()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            var nothing = new byte[64];
            while (input.Read(nothing) > 0) { }
        }
        catch (IOException)
        {
            // As good as its end.
        }
    }
}
