using Cronos;

namespace Trainyard.Pipelines;

/// <summary>Cron expressions of five fields.</summary>
public static class CronSchedule
{
    /// <summary>What is wrong with an expression, or null.</summary>
    public static string? Problem(string expression)
    {
        if (expression.TrimStart().StartsWith('@'))
        {
            return "macros such as @daily are not read by every cron";
        }

        try
        {
            CronExpression.Parse(expression);
            return null;
        }
        catch (CronFormatException broken)
        {
            return broken.Message;
        }
    }
}
