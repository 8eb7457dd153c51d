using Trainyard.Learning.Encoding;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Training;

/// <summary>Which way scores may go as a number rises, by the columns that a model reads.</summary>
public static class Constraints
{
    /// <summary>A column each: 1, −1, or 0 where it may go either way; none where nothing is held. 78 where the model
    /// reads no such number, which of C# features is not known before.</summary>
    public static IReadOnlyList<int> DirectionsOf(ConstraintsSpec? constraints, Encoder encoder)
    {
        if (constraints is null || constraints.Increasing.Count + constraints.Decreasing.Count == 0)
        {
            return [];
        }

        var directions = new int[encoder.Columns.Count];
        Hold(constraints.Increasing, 1);
        Hold(constraints.Decreasing, -1);
        return directions;

        void Hold(IReadOnlyList<string> names, int direction)
        {
            foreach (var name in names)
            {
                directions[PlaceOf(name, encoder)] = direction;
            }
        }
    }

    private static int PlaceOf(string name, Encoder encoder)
    {
        for (var place = 0; place < encoder.Columns.Count; place++)
        {
            if (encoder.Columns[place].Name == name && encoder.Columns[place].Kind == FeatureColumnKind.Number)
            {
                return place;
            }
        }

        var numbers = encoder
            .Columns.Where(column => column.Kind == FeatureColumnKind.Number)
            .Select(column => column.Name)
            .ToList();
        throw Fault.BadConfiguration(
            $"model.constraints names '{name}', which is no number that the model "
                + $"reads.{Nearest.Hint(name, numbers)} Those are {string.Join(", ", numbers)}. Nothing was changed."
        );
    }
}
