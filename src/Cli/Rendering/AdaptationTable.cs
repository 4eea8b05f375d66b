using System.Globalization;
using Maml.Cluster.Cli.Adaptation;
using Maml.Cluster.Protos.V1;
using Spectre.Console;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>The label of each query picture as a table.</summary>
internal static class AdaptationTable
{
    public static Table Create(AdaptationResult result)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("picture", "label");
        table.AddColumn(new TableColumn("probability").RightAligned());
        foreach ((Prediction prediction, LabelledPicture picture) in result.Response.Predictions.Zip(result.Query))
        {
            bool isWrong = picture.Label is not null && picture.Label != prediction.Label;
            string probability = string.Create(CultureInfo.InvariantCulture, $"{prediction.Probabilities.Max() * 100:0.0} %");
            table.AddRow(Markup.Escape(picture.Name), Markup.Escape(isWrong ? $"{prediction.Label} (wrong)" : prediction.Label), probability);
        }

        return table;
    }
}
