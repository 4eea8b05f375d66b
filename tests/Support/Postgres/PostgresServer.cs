using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Maml.Cluster.Tests.Postgres;

/// <summary>A real PostgreSQL of the test's own, on loopback, that can be killed, suspended and started again.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "maml";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly int _port;
    private readonly StringBuilder _log = new();
    private Process? _process;
    private int _databases;

    private PostgresServer(string folder, int port)
    {
        _folder = folder;
        _port = port;
    }

    /// <summary>What it has logged.</summary>
    public string Log
    {
        get { lock (_log) return _log.ToString(); }
    }

    /// <summary>Leads to the database that every server has.</summary>
    public string ConnectionString => ConnectionTo("postgres");

    /// <summary>Makes a new server and starts it.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("maml-postgres-").FullName;
        PostgresPrograms.GiveAway(folder);
        await RunAsync(PostgresPrograms.Prepare(
            "initdb", "--pgdata", DataOf(folder), "--username", User, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"));
        var server = new PostgresServer(folder, FreePort.Find());
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Makes a database with nothing in it.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    /// <summary>Starts it after a stop or a kill, at the same port with the same data, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        for (long began = Stopwatch.GetTimestamp(); ;)
        {
            _process ??= Launch();
            if (await AnswersAsync()) return;
            if (_process.HasExited)
            {
                // What the killed one has held in memory may be there for a moment longer.
                _process.Dispose();
                _process = null;
            }

            if (Stopwatch.GetElapsedTime(began) > StartLimit) throw new TimeoutException($"PostgreSQL does not answer after {StartLimit}. {Log}");
            await Task.Delay(50);
        }
    }

    /// <summary>Ends it in order, connections included.</summary>
    public async Task StopAsync()
    {
        if (_process is null) return;
        Signal("INT", _process.Id);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGKILL for it and all that it has started: a crash.</summary>
    public void Kill()
    {
        if (_process is null) return;

        // The first one suspended, so that it starts no other meanwhile.
        Signal("STOP", _process.Id);
        int[] children = Children();
        Signal("KILL", [_process.Id, .. children]);
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
        foreach (int child in children) SpinWait.SpinUntil(() => !Directory.Exists($"/proc/{child}"), StartLimit).ShouldBeTrue();
    }

    /// <summary>SIGSTOP for all of it: connections stay, and nothing answers any more.</summary>
    public void Suspend()
    {
        Signal("STOP", _process!.Id);
        Signal("STOP", Children());
    }

    /// <summary>Lets it go on after <see cref="Suspend"/>.</summary>
    public void Continue() => Signal("CONT", [_process!.Id, .. Children()]);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_process is not null) Signal("CONT", [_process.Id, .. Children()]);
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string DataOf(string folder) => Path.Combine(folder, "data");

    private static async Task RunAsync(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, errors + await output);
    }

    // The shell has the command built in; a small Debian has no program of that name. Some may have ended meanwhile.
    private static void Signal(string signal, params int[] processes)
    {
        if (processes.Length == 0) return;
        using Process kill = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"kill -{signal} {string.Join(' ', processes)}"]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    private string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = User,
        Database = database,
    }.ConnectionString;

    private int[] Children() =>
        [.. File.ReadAllText($"/proc/{_process!.Id}/task/{_process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    // A crash of the process alone loses nothing that the system has been given, so that waiting for the disk would only cost time.
    private Process Launch()
    {
        var process = new Process
        {
            StartInfo = PostgresPrograms.Prepare(
                "postgres", "-D", DataOf(_folder), "-h", "127.0.0.1", "-p", $"{_port}", "-k", "", "-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=100"),
        };
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, Timeout = 2 }.ConnectionString);
            await connection.OpenAsync();
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
        {
            return false;
        }
    }

    private void Append(string? line)
    {
        if (line is null) return;
        lock (_log) _log.AppendLine(line);
    }
}
