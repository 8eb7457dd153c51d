using Trainyard.Hosting;

namespace Trainyard.Steps.Train;

internal static class TrainSettings
{
    public static Setting<string> Promote { get; } =
        Setting.Text(
            "--promote",
            "Promote the model whatever the gate says, for this reason.",
            "\"the holdout was a strike\""
        );
}
