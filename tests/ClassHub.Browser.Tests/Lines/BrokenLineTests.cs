using System.Diagnostics;
using System.Security.Cryptography;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Lines;

/// <summary>Lines that break while a file is on its way. `tests/run faults` breaks at every byte, else at some.</summary>
public sealed class BrokenLineTests(FarServer school, FreshDemoServer mortal) : IClassFixture<FarServer>, IClassFixture<FreshDemoServer>
{
    private static readonly bool IsThorough = Environment.GetEnvironmentVariable("CLASSHUB_TEST_FAULTS") == "all";

    [Fact]
    public async Task A_file_whose_line_breaks_at_any_byte_arrives_whole_and_little_is_sent_twice()
    {
        const int size = 65_536;
        using var okafor = await Sender.SignInAsync(school, "okafor");
        var bytes = RandomNumberGenerator.GetBytes(size);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));

        var cuts = Enumerable.Range(0, size + 1).Where(cut => IsThorough || cut % (size / 500) == 0);
        await Parallel.ForEachAsync(cuts, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (cut, _) =>
        {
            var to = await okafor.BeginAsync(size);
            await okafor.SendAndBreakAsync(to, 0, bytes, cut, rudely: cut % 2 == 1);
            var kept = await okafor.CarryOnAsync(to, bytes);

            Assert.True(kept <= cut, $"Cut at {cut}, but {kept} were said to be there.");
            Assert.Equal(hash, await okafor.HashAsync(to));
        });
    }

    [Fact]
    public async Task A_big_file_whose_line_breaks_at_random_bytes_arrives_whole_and_at_each_break_little_is_sent_twice()
    {
        const int most = 262_144;
        using var okafor = await Sender.SignInAsync(school, "okafor");
        var bytes = RandomNumberGenerator.GetBytes(50_000_000);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));

        for (var time = 0; time < (IsThorough ? 10 : 1); time++)
        {
            var to = await okafor.BeginAsync(bytes.Length);
            var (offset, breaks) = (0, 0);
            for (var cut = 0; cut < 20; cut++)
            {
                var (until, rudely) = (RandomNumberGenerator.GetInt32(1, 2_300_000), cut % 2 == 1);
                await okafor.SendAndBreakAsync(to, offset, bytes.AsMemory(offset), until, rudely);
                if (rudely) await Task.Delay(200);
                var kept = (int)await okafor.OffsetAsync(to) - offset;

                // Who asks at once after a line was torn may be there before the bytes, which then come later or are turned away.
                for (var tries = 0; rudely && kept == 0 && tries < 60; tries++)
                {
                    await Task.Delay(50);
                    kept = (int)await okafor.OffsetAsync(to) - offset;
                }
                if (rudely && kept == 0) continue;
                Assert.True(kept <= until && kept >= until - most, $"Break {cut}, {(rudely ? "rudely" : "politely")}: {until} bytes were sent and {kept} kept.");
                (offset, breaks) = (offset + kept, breaks + 1);
            }
            Assert.InRange(breaks, 10, 20);
            await okafor.CarryOnAsync(to, bytes);

            Assert.Equal(hash, await okafor.HashAsync(to));
        }
    }

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_of_a_file_goes_on_where_it_was()
    {
        var bytes = RandomNumberGenerator.GetBytes(50_000_000);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        string? to = null;
        using var before = await Sender.SignInAsync(mortal, "okafor");
        to = await before.BeginAsync(bytes.Length);

        for (var time = 0; time < (IsThorough ? 30 : 3); time++)
        {
            var offset = await before.OffsetAsync(to);
            var sending = before.SendAndBreakAsync(to, offset, bytes.AsMemory((int)offset), Math.Min(bytes.Length - (int)offset, 9_000_000), rudely: false);
            await Task.Delay(RandomNumberGenerator.GetInt32(5, 60));
            await mortal.KillAndStartAgainAsync();
            try { await sending; } catch (System.Net.Sockets.SocketException) { /* that was the kill */ }
            Assert.InRange(await before.OffsetAsync(to), offset, bytes.Length);
        }
        await before.CarryOnAsync(to, bytes);

        Assert.Equal(hash, await before.HashAsync(to));
    }

    [Fact]
    public async Task A_client_that_others_wrote_gets_a_file_through_a_bad_line()
    {
        using var okafor = await Sender.SignInAsync(school, "okafor");
        for (var time = 0; time < (IsThorough ? 20 : 2); time++)
        {
            using var line = new BreakingProxy(new Uri(school.Address).Port, cuts: 20, seed: time);
            var said = await TusAsync($"http://127.0.0.1:{line.Port}", okafor.Cookie, "20000000", $"{time + 1}");

            // Each piece is at most 3 MB, so a file of 20 MB meets some of the cuts, not always all.
            Assert.InRange(line.Cuts, 6, 20);
            Assert.Equal(said[1], await okafor.HashAsync(new Uri(said[0]).AbsolutePath));
        }
    }

    private static async Task<string[]> TusAsync(params string[] given)
    {
        var start = new ProcessStartInfo("node", [Repository.PathOf("tests/ClassHub.Browser.Tests/Lines/tus-client.cjs"), .. given]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_PATH"] = Environment.GetEnvironmentVariable("CLASSHUB_TEST_NODE") is { Length: > 0 } folder ? Path.Combine(folder, "node_modules")
            : throw new InvalidOperationException("tests/run installs tus-js-client and says where.");
        using var node = Process.Start(start)!;
        var problem = node.StandardError.ReadToEndAsync();
        var said = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await problem);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
