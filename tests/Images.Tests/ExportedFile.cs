using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Trainyard.Tests.Images;

/// <summary>A model as score's image exports it, held against what the package says of its golden rows.</summary>
internal static class ExportedFile
{
    private const string Answer = "golden answer";

    /// <param name="run">How an image is started.</param>
    /// <param name="who">As whom, and with which folders.</param>
    public static async Task HoldAsync(Yard yard, string run, string who)
    {
        var told = (
            await Docker.PasteAsync(
                $"{run}--rm {who} trainyard/score:{StepImages.Version} export flights train.1 "
                    + "--onnx /yard/flights.onnx --store /yard/store",
                yard.Folder
            )
        ).With(0);
        Assert.StartsWith("Wrote model train.1 to /yard/flights.onnx, ", told.Output, StringComparison.Ordinal);

        var golden = Assert.Single(
            Directory.GetFiles(Path.Combine(yard.Data, "store/flights/models/train.1"), "served_golden-*.csv")
        );
        string[][] rows =
        [
            .. (await File.ReadAllLinesAsync(golden, TestContext.Current.CancellationToken)).Select(line =>
                line.Split(',')
            ),
        ];
        var (names, fields) = (rows[0], rows[1..]);
        using var session = new InferenceSession(Path.Combine(yard.Data, "flights.onnx"));
        using var answers = session.Run([
            .. session.InputMetadata.Select(input => InputOf(input.Key, input.Value, Column(input.Key))),
        ]);

        Assert.True(fields.Length > 10, $"{fields.Length} golden rows");
        Assert.All(
            Column(Answer).Zip(answers.Single(answer => answer.Name == "probability").AsTensor<double>()),
            row => Assert.Equal(NumberOf(row.First), row.Second, 9)
        );

        string[] Column(string name) => Array.ConvertAll(fields, row => row[Array.IndexOf(names, name)]);
    }

    private static NamedOnnxValue InputOf(string name, NodeMetadata input, string[] column) =>
        input.ElementDataType == TensorElementType.String
            ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(column, [column.Length, 1]))
            : NamedOnnxValue.CreateFromTensor(
                name,
                new DenseTensor<double>(Array.ConvertAll(column, NumberOf), [column.Length, 1])
            );

    private static double NumberOf(string text) =>
        text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
