using System.Diagnostics;
using System.Net;
using System.Text.Json;
using ClassHub.Browser.Tests.Faults;

namespace ClassHub.Browser.Tests.Push;

/// <summary>A message for a browser leaves ClassHub, and a library that others wrote opens it (npm http_ece).</summary>
public sealed class PushTests(StoppedSchool school) : IClassFixture<StoppedSchool>
{
    private static async Task<JsonElement> NodeAsync(params string[] words)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])[Repository.PathOf("tests/ClassHub.Browser.Tests/Push/push.cjs"), .. words]) start.ArgumentList.Add(word);
        var folder = Environment.GetEnvironmentVariable("CLASSHUB_TEST_NODE") ?? throw new InvalidOperationException("tests/run says where the libraries of others are: CLASSHUB_TEST_NODE.");
        start.Environment["NODE_PATH"] = Path.Combine(folder, "node_modules");
        using var node = Process.Start(start)!;
        var (said, wrong) = (await node.StandardOutput.ReadToEndAsync(), await node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, wrong);
        return JsonDocument.Parse(said).RootElement.Clone();
    }

    [Fact]
    public async Task An_urgent_message_wakes_the_browser_of_a_pupil_who_asked_for_it_and_nobody_on_the_way_can_read_it()
    {
        var folder = Directory.CreateTempSubdirectory("classhub-push-").FullName;
        using var maker = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/";
        maker.Prefixes.Add(address);
        maker.Start();
        try
        {
            await school.CopyToAsync(folder);
            await using var server = new SchoolServer(folder);
            (server.Settings["ClassHub__Push__Contact"], server.Settings["ClassHub__Push__Hosts"]) = ("mailto:office@hazel.example", "127.0.0.1");
            await server.InitializeAsync();
            var pupil = school.Pupils[0];
            var browser = await NodeAsync("keys");

            using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new(server.Address) };
            http.DefaultRequestHeaders.Add("Cookie", pupil.Cookie);
            var page = await http.GetStringAsync("/me/messages");
            Assert.Contains("data-push=", page, StringComparison.Ordinal);
            async Task<HttpStatusCode> SubscribeAsync(string endpoint) => (await http.PostAsync("/me/messages?handler=Push", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_form"] = pupil.FormToken,
                ["endpoint"] = endpoint,
                ["key"] = browser.GetProperty("public").GetString()!,
                ["secret"] = browser.GetProperty("secret").GetString()!,
            }))).StatusCode;
            Assert.Equal(HttpStatusCode.BadRequest, await SubscribeAsync("https://evil.example/abc"));
            Assert.Equal(HttpStatusCode.NoContent, await SubscribeAsync(address + "device/1"));

            var asked = maker.GetContextAsync();
            using (var db = StoredSchool.Open(folder))
            using (var command = db.CreateCommand())
            {
                command.CommandText = $"""
                    PRAGMA busy_timeout=20000;
                    INSERT INTO UrgentNotices (ByPersonId, At, Text) VALUES (1, '2026-11-23 08:00:00', 'The school is closed.');
                    INSERT INTO Messages (PersonId, Kind, Occurrence, QueuedAt, NextTryAt, Attempts) VALUES ({pupil.PersonId}, 'Urgent', last_insert_rowid(), strftime('%Y-%m-%d %H:%M:%S', 'now'), strftime('%Y-%m-%d %H:%M:%S', 'now'), 0);
                    """;
                command.ExecuteNonQuery();
            }
            var context = await asked.WaitAsync(TimeSpan.FromSeconds(60));
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            context.Response.StatusCode = 201;
            context.Response.Close();

            Assert.Equal(("aes128gcm", "high"), (context.Request.Headers["Content-Encoding"], context.Request.Headers["Urgency"]));
            Assert.DoesNotContain("closed", System.Text.Encoding.Latin1.GetString(body.ToArray()), StringComparison.Ordinal);
            var opened = await NodeAsync("open", browser.GetProperty("private").GetString()!, browser.GetProperty("secret").GetString()!, Convert.ToBase64String(body.ToArray()), context.Request.Headers["Authorization"]!);
            Assert.True(opened.GetProperty("signed").GetBoolean());
            Assert.Equal(("ES256", address.TrimEnd('/'), "mailto:office@hazel.example"), (opened.GetProperty("head").GetProperty("alg").GetString(), opened.GetProperty("claims").GetProperty("aud").GetString(), opened.GetProperty("claims").GetProperty("sub").GetString()));
            Assert.StartsWith("The school is closed.", opened.GetProperty("said").GetProperty("body").GetString(), StringComparison.Ordinal);

            // The browser is gone: it is forgotten with the next message; and with the sign-in at the latest.
            using (var db = StoredSchool.Open(folder))
            using (var command = db.CreateCommand())
            {
                command.CommandText = "SELECT count(*) FROM Messages WHERE Kind = 'Urgent' AND SentAt IS NOT NULL";
                for (var tries = 0; tries < 100 && (long)command.ExecuteScalar()! == 0; tries++) await Task.Delay(100);
                Assert.Equal(1L, command.ExecuteScalar());
            }
        }
        finally
        {
            maker.Close();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int FreePort()
    {
        var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        try { return ((IPEndPoint)listener.LocalEndpoint).Port; }
        finally { listener.Stop(); }
    }
}
