using System.CommandLine;
using Maml.Cluster.Cli.CommandLine;
using Maml.Cluster.Coordinator.Storage.Postgres;

namespace Maml.Cluster.Cli.Commands.Cluster;

/// <summary><c>maml cluster init</c>: makes the tables that coordinators keep their runs in.</summary>
internal sealed class ClusterInitCommand : MamlCommand
{
    private const string Variable = "MAML_DATABASE";

    private readonly Option<string?> _connection = new("--connection")
    {
        Description = $"PostgreSQL's connection string; who lists this machine's processes can read it there. [default: ${Variable}]",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _connectionFile = new("--connection-file")
    {
        Description = "File that holds the connection string and nothing else.",
        HelpName = "FILE",
    };

    public ClusterInitCommand(Terminal terminal, CommandRunner runner)
        : base("init", "Makes all tables that are missing in a PostgreSQL, and changes nothing where they are there.", """
            maml cluster init --connection 'Host=db;Database=maml;Username=maml;Password=…'
            maml cluster init --connection-file /etc/maml/database/connection
            MAML_DATABASE='Host=db;…' maml cluster init
            """)
    {
        Add(_connection);
        Add(_connectionFile);
        SetAction((parsed, cancellation) => runner.RunAsync(interrupt => RunAsync(Read(parsed), terminal, interrupt), cancellation));
    }

    private DatabaseOptions Read(ParseResult parsed)
    {
        string? file = parsed.GetValue(_connectionFile);
        string? text = parsed.GetValue(_connection) ?? (file is null ? Environment.GetEnvironmentVariable(Variable) : null);
        var options = new DatabaseOptions { Connection = text, ConnectionFile = file };
        if (text is not null && file is not null) throw new UsageException("Both --connection and --connection-file are given; expected one of the two.");
        return options.IsSet ? options : throw new UsageException($"No database is named; expected --connection, --connection-file or ${Variable}.");
    }

    private static async Task<int> RunAsync(DatabaseOptions options, Terminal terminal, CancellationToken interrupt)
    {
        bool isNew = await DatabaseSchema.InstallAsync(options, interrupt);
        await terminal.Output.WriteLineAsync(isNew ? "The database has all tables now." : "The database had all tables already; what belongs into them is up to date.");
        return ExitCode.Done;
    }
}
