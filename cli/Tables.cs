using Spectre.Console;
using Trainyard.Hosting;

namespace Trainyard.Cli;

/// <summary>Tables on standard output, as wide as they need to be where nobody's terminal limits them.</summary>
internal static class Tables
{
    public static void Write(Invocation invocation, Table table)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(invocation.Output),
                ColorSystem = ColorSystemSupport.NoColors,
            }
        );
        if (invocation.IsOutputRedirected)
        {
            console.Profile.Width = 400;
        }

        console.Write(table);
    }
}
