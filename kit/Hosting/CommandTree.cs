using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Line = System.CommandLine.Command;

namespace Trainyard.Hosting;

/// <summary>A program's commands as System.CommandLine knows them, and the way back from what it parsed.</summary>
internal sealed class CommandTree
{
    private readonly Dictionary<Line, Command> _commands = [];
    private readonly Dictionary<(Line Command, Setting Setting), Option> _options = [];

    public CommandTree(Command program)
    {
        Root = new RootCommand(Describe(program)) { HelpName = program.Name };
        Fill(Root, program);
    }

    public RootCommand Root { get; }

    public static bool IsBuiltIn(ParseResult parsed) =>
        parsed
            .CommandResult.Children.OfType<OptionResult>()
            .Any(option => option is { Implicit: false, Option: HelpOption or VersionOption });

    public Command CommandOf(ParseResult parsed) => _commands[parsed.CommandResult.Command];

    /// <summary>What was given on the command line for a setting, or null.</summary>
    public Func<Setting, string?> TextOf(ParseResult parsed) =>
        setting =>
            parsed.GetResult(_options[(parsed.CommandResult.Command, setting)]) switch
            {
                null or { Implicit: true } => null,
                _ when setting.IsFlag => "1",
                var option when setting.IsList => string.Join('\n', option.Tokens.Select(token => token.Value)),
                var option => option.Tokens.Count == 1 ? option.Tokens[0].Value : null,
            };

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ArgumentsOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Arguments.ToDictionary(
            argument => argument.Name,
            argument =>
                (IReadOnlyList<string>)[.. (parsed.GetResult(argument)?.Tokens ?? []).Select(token => token.Value)]
        );

    /// <summary>What is wrong with the command line itself, a sentence each; an unknown option names the nearest
    /// known one.</summary>
    public static IEnumerable<string> Problems(ParseResult parsed, CommandTree tree)
    {
        var known = parsed
            .CommandResult.Command.Options.Select(option => option.Name)
            .Concat(parsed.CommandResult.Command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name))
            .ToList();
        var unknown = parsed.UnmatchedTokens.ToHashSet();
        var isByAddress = parsed.Tokens.Any(token => Secrets.IsAddress(token.Value));
        foreach (var token in unknown)
        {
            // A shell cuts an address at its spaces: what stands beside one can be a piece of its password.
            var name = token.Split('=', 2)[0];
            var hint = Pipelines.Nearest.Hint(name, known);
            var word = isByAddress && hint.Length == 0 ? "A word beside an address" : $"'{Secrets.Cut(name)}'";
            yield return $"{word} is not known here.{hint} --help lists what is.";
        }

        var command = tree.CommandOf(parsed);
        foreach (var error in parsed.Errors)
        {
            if (
                !unknown.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))
                && !(command.RunAsync is null && parsed.CommandResult.Children.Any() is false)
            )
            {
                yield return Secrets.Cut(error.Message);
            }
        }
    }

    private void Fill(Line line, Command command)
    {
        _commands[line] = command;
        if (command.RunAsync is not null)
        {
            // Never called: without it a command that holds others could not be one itself.
            line.SetAction(_ => { });
        }

        foreach (var setting in command.Settings)
        {
            Option option =
                setting.IsFlag ? new Option<bool>(setting.Name) { Arity = ArgumentArity.Zero }
                : setting.IsList ? new Option<string[]>(setting.Name) { Arity = ArgumentArity.OneOrMore }
                : new Option<string>(setting.Name) { Arity = ArgumentArity.ExactlyOne };
            option.Description = setting.Help;
            option.HelpName = setting.IsFlag ? null : setting.Name.TrimStart('-');
            line.Options.Add(option);
            _options[(line, setting)] = option;
        }

        foreach (var argument in command.Arguments)
        {
            line.Arguments.Add(
                argument.IsList
                    ? new Argument<string[]>(argument.Name)
                    {
                        Description = argument.Description,
                        Arity = ArgumentArity.ZeroOrMore,
                    }
                    : new Argument<string>(argument.Name)
                    {
                        Description = argument.Description,
                        Arity = argument.IsRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
                    }
            );
        }

        foreach (var sub in command.Commands)
        {
            var child = new Line(sub.Name, Describe(sub)) { Hidden = sub.IsHidden };
            Fill(child, sub);
            line.Subcommands.Add(child);
        }
    }

    private static string Describe(Command command) =>
        command.Examples.Count == 0
            ? command.Summary
            : string.Join('\n', [command.Summary, "", "Examples:", .. command.Examples.Select(each => "  " + each)]);
}
