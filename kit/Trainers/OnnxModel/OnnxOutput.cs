using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>Which output of a file holds the answer.</summary>
internal static class OnnxOutput
{
    /// <summary>What is read where several outputs could hold the answer: the names that our export, scikit-learn's
    /// converter and LightGBM's have for it.</summary>
    private static readonly string[] Usual =
    [
        "value",
        "variable",
        "probability",
        "probabilities",
        "output_probability",
    ];

    /// <summary>78 with what the file gives, where none or several could.</summary>
    /// <param name="name">What the file is, for messages.</param>
    /// <param name="asked">The name of the output that the spec asks for; null where it asks for none.</param>
    public static string Find(InferenceSession session, string name, AnswerForm form, int width, string? asked)
    {
        var outputs = session.OutputMetadata;
        string[] fitting = [.. outputs.Where(output => Fits(output.Value, form, width)).Select(output => output.Key)];
        return asked is not null
            ? fitting.Contains(asked)
                ? asked
                : throw Misfit($"'{asked}' (model.options.output) is no output that holds {Words(form, width)}")
            : fitting is [var only]
                ? only
                : Usual.FirstOrDefault(fitting.Contains)
                    ?? throw Misfit(
                        fitting.Length == 0
                            ? $"no output holds {Words(form, width)}"
                            : $"several outputs could hold {Words(form, width)}: name one in model.options.output"
                    );

        Fault Misfit(string problem) =>
            Fault.BadConfiguration(
                $"The file '{name}' (model.options.file) does not fit: {problem}. It gives {OnnxFields.List(outputs)}."
                    + (
                        outputs.Values.All(output => output.IsTensor)
                            ? ""
                            : " A sequence of maps is what scikit-learn's converter writes unless it is told "
                                + "zipmap=False."
                    )
                    + " Nothing was changed."
            );
    }

    private static bool Fits(NodeMetadata output, AnswerForm form, int width) =>
        output is { IsTensor: true, ElementDataType: TensorElementType.Float or TensorElementType.Double }
        && (
            form == AnswerForm.Classes
                ? output.Dimensions is [_, var classes] && (classes < 0 || classes == width)
                : output.Dimensions is [_] or [_, < 0 or 1]
                    || (form == AnswerForm.Probability && output.Dimensions is [_, 2])
        );

    private static string Words(AnswerForm form, int width) =>
        form switch
        {
            AnswerForm.Value => "one number a row, float or double",
            AnswerForm.Probability => "a probability a row, or two, float or double",
            _ => $"{width} probabilities a row, float or double",
        };
}
