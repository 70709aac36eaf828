using System.Globalization;
using ClassHub.Media;
using ClassHub.Web.Access;
using ClassHub.Web.Jobs;
using ClassHub.Web.Pages.Backups;
using ClassHub.Web.Pages.Calendars;
using ClassHub.Web.Pages.Device;
using ClassHub.Web.Pages.Media;
using ClassHub.Web.Startup;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("en-GB");

OwnFiles.Begin();
if (await Commands.RunAsync(args) is { } exitCode) return exitCode;

var builder = WebApplication.CreateBuilder(args);
if (Refusal.Of(builder.Configuration) is { } refused)
{
    await Console.Error.WriteLineAsync(refused);
    return 1;
}
if (!builder.HasDataFolder()) return 1;
builder.AddDatabase();
builder.AddSchool();
builder.AddAccounts();
builder.AddFiles();
builder.AddBackups();
builder.AddVerbs();
builder.AddMessages();
builder.AddRosters();
builder.AddJobs();
builder.AddPages();

var app = builder.Build();
app.UseProxies();
app.UseProblemPages();
app.UseSafeHeaders();
SessionCookie.UseFirstPage(app);
app.UseRouting();
app.UseSameSiteOnly();
app.UseResponseCompression();
app.UseAuthentication();
app.UseFoundSession();
app.UseFileSizes();
app.UseFirstRun();
app.UseAuthorization();
app.UseRateLimiter();
app.MapAssets();
app.MapRazorPages();
app.MapUploads();
app.MapArchiveUploads();
app.MapDevice();
app.MapCalendars();
app.MapHealth();
app.MapJobs();

if (!await app.StartSchoolAsync()) return 1;
app.Run();
return 0;

/// <summary>Named so that the tests can start the same program.</summary>
public partial class Program;
