using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ClassHub.Database.Postgres
{
    /// <inheritdoc />
    public partial class RealDevices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_People_Role_Surname_Forename_Id",
                table: "People");

            migrationBuilder.AddColumn<string>(
                name: "SentSha256",
                table: "Uploads",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DraftPage",
                table: "Submissions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "WasOnTime",
                table: "Submissions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "AccountId",
                table: "SignInThrottles",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "DayBeganAt",
                table: "SignInThrottles",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<DateTime>(
                name: "LetInUntil",
                table: "SignInThrottles",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Misses",
                table: "SignInThrottles",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "NextTimeZone",
                table: "School",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ZoneChangedAt",
                table: "School",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ZoneMovesUpTo",
                table: "School",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AlterColumn<string>(
                name: "Before",
                table: "RosterChanges",
                type: "character varying(700)",
                maxLength: 700,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(300)",
                oldMaxLength: 300);

            migrationBuilder.AlterColumn<string>(
                name: "After",
                table: "RosterChanges",
                type: "character varying(700)",
                maxLength: 700,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(300)",
                oldMaxLength: 300);

            migrationBuilder.AddColumn<string>(
                name: "Formulae",
                table: "Posts",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Rules",
                table: "Posts",
                type: "character varying(30)",
                maxLength: 30,
                nullable: false,
                defaultValue: "First");

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Posts",
                type: "text",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Surname",
                table: "People",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(60)",
                oldMaxLength: 60);

            migrationBuilder.AlterColumn<string>(
                name: "Forename",
                table: "People",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(60)",
                oldMaxLength: 60);

            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "People",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "SortName",
                table: "People",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "People",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Trouble",
                table: "MessageSettings",
                type: "character varying(30)",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TroubleAt",
                table: "MessageSettings",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Address",
                table: "Messages",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "OpenedAt",
                table: "Marks",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TakenBackAt",
                table: "Marks",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Misses",
                table: "KnownDevices",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AlterColumn<string>(
                name: "Surname",
                table: "JoinRequests",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(60)",
                oldMaxLength: 60);

            migrationBuilder.AlterColumn<string>(
                name: "Forename",
                table: "JoinRequests",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(60)",
                oldMaxLength: 60);

            migrationBuilder.AddColumn<string>(
                name: "Code",
                table: "GuardianLinks",
                type: "character varying(8)",
                maxLength: 8,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CodeTries",
                table: "GuardianLinks",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Files",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Captions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PasswordById",
                table: "Accounts",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PasswordEndsAt",
                table: "Accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PasswordMadeAt",
                table: "Accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "EarlierDrafts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    SubmissionId = table.Column<int>(type: "integer", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    SavedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    IsToTell = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EarlierDrafts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_EarlierDrafts_Submissions_SubmissionId",
                        column: x => x.SubmissionId,
                        principalTable: "Submissions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HandInWishes",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    SubmissionId = table.Column<int>(type: "integer", nullable: false),
                    PupilId = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Text = table.Column<string>(type: "text", nullable: true),
                    IsOnPaper = table.Column<bool>(type: "boolean", nullable: false),
                    PressedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Awaits = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HandInWishes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HandInWishes_Submissions_SubmissionId",
                        column: x => x.SubmissionId,
                        principalTable: "Submissions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Reminders",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TaskId = table.Column<int>(type: "integer", nullable: false),
                    ByPersonId = table.Column<int>(type: "integer", nullable: false),
                    GoesAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reminders", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Reminders_People_ByPersonId",
                        column: x => x.ByPersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Reminders_Tasks_TaskId",
                        column: x => x.TaskId,
                        principalTable: "Tasks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SetUpWords",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Words = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SetUpWords", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TaskWordings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TaskId = table.Column<int>(type: "integer", nullable: false),
                    Title = table.Column<string>(type: "text", nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    Rules = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false, defaultValue: "First"),
                    Formulae = table.Column<string>(type: "text", nullable: true),
                    ReplacedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskWordings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TaskWordings_Tasks_TaskId",
                        column: x => x.TaskId,
                        principalTable: "Tasks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TeachingRequests",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ClassId = table.Column<int>(type: "integer", nullable: false),
                    PersonId = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TeachingRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TeachingRequests_Classes_ClassId",
                        column: x => x.ClassId,
                        principalTable: "Classes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_TeachingRequests_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ZoneMoves",
                columns: table => new
                {
                    PostId = table.Column<int>(type: "integer", nullable: false),
                    PupilId = table.Column<int>(type: "integer", nullable: false),
                    OutFrom = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    OutTo = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DueFrom = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DueTo = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    CloseFrom = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    CloseTo = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    OnTodayUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ZoneMoves", x => new { x.PostId, x.PupilId });
                    table.ForeignKey(
                        name: "FK_ZoneMoves_Posts_PostId",
                        column: x => x.PostId,
                        principalTable: "Posts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "EarlierDraftFiles",
                columns: table => new
                {
                    EarlierDraftId = table.Column<int>(type: "integer", nullable: false),
                    FileId = table.Column<int>(type: "integer", nullable: false),
                    Place = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EarlierDraftFiles", x => new { x.EarlierDraftId, x.FileId });
                    table.ForeignKey(
                        name: "FK_EarlierDraftFiles_EarlierDrafts_EarlierDraftId",
                        column: x => x.EarlierDraftId,
                        principalTable: "EarlierDrafts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_EarlierDraftFiles_Files_FileId",
                        column: x => x.FileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReminderPupils",
                columns: table => new
                {
                    ReminderId = table.Column<int>(type: "integer", nullable: false),
                    PupilId = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReminderPupils", x => new { x.ReminderId, x.PupilId });
                    table.ForeignKey(
                        name: "FK_ReminderPupils_People_PupilId",
                        column: x => x.PupilId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReminderPupils_Reminders_ReminderId",
                        column: x => x.ReminderId,
                        principalTable: "Reminders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SignInThrottles_AccountId",
                table: "SignInThrottles",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Posts_WithoutWords",
                table: "Posts",
                column: "Id",
                filter: "\"Words\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_People_Role_SortName_Id",
                table: "People",
                columns: new[] { "Role", "SortName", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_KnownDevices_KeyHash",
                table: "KnownDevices",
                column: "KeyHash");

            migrationBuilder.CreateIndex(
                name: "IX_Files_WithoutWords",
                table: "Files",
                column: "Id",
                filter: "\"Words\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_EarlierDraftFiles_FileId",
                table: "EarlierDraftFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_EarlierDrafts_ReplacedAt",
                table: "EarlierDrafts",
                column: "ReplacedAt");

            migrationBuilder.CreateIndex(
                name: "IX_EarlierDrafts_SubmissionId",
                table: "EarlierDrafts",
                column: "SubmissionId");

            migrationBuilder.CreateIndex(
                name: "IX_HandInWishes_PupilId",
                table: "HandInWishes",
                column: "PupilId");

            migrationBuilder.CreateIndex(
                name: "IX_HandInWishes_SubmissionId_Key",
                table: "HandInWishes",
                columns: new[] { "SubmissionId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReminderPupils_PupilId",
                table: "ReminderPupils",
                column: "PupilId");

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_ByPersonId",
                table: "Reminders",
                column: "ByPersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_GoesAt",
                table: "Reminders",
                column: "GoesAt");

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_TaskId",
                table: "Reminders",
                column: "TaskId");

            migrationBuilder.CreateIndex(
                name: "IX_TaskWordings_TaskId_ReplacedAt",
                table: "TaskWordings",
                columns: new[] { "TaskId", "ReplacedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_TeachingRequests_ClassId",
                table: "TeachingRequests",
                column: "ClassId");

            migrationBuilder.CreateIndex(
                name: "IX_TeachingRequests_PersonId",
                table: "TeachingRequests",
                column: "PersonId");

            migrationBuilder.AddForeignKey(
                name: "FK_SignInThrottles_Accounts_AccountId",
                table: "SignInThrottles",
                column: "AccountId",
                principalTable: "Accounts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            // What was handed in on time before ClassHub wrote that down.
            migrationBuilder.Sql("""
                UPDATE "Submissions" SET "WasOnTime" = TRUE WHERE "HandedInAt" IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM "Tasks" t WHERE t."Id" = "Submissions"."TaskId" AND t."DueAt" < "Submissions"."HandedInAt" AND NOT EXISTS (
                        SELECT 1 FROM "Arrangements" a WHERE a."TaskId" = t."Id" AND a."PupilId" = "Submissions"."PupilId" AND a."DueAt" >= "Submissions"."HandedInAt"))
                """);

            // One-time passwords that were given out before there was an end to them end in 14 days, too.
            migrationBuilder.Sql("""UPDATE "Accounts" SET "PasswordEndsAt" = now() + interval '14 days' WHERE "MustChangePassword";""");

            // What the program keeps anew for rows without words, near enough until then.
            migrationBuilder.Sql("""UPDATE "People" SET "Name" = trim("Forename" || ' ' || "Surname"), "SortName" = lower("Surname" || ' . ' || "Forename");""");

            // From our own words, whatever the locale: no text search configuration has a say. A tsvector holds a megabyte; what a recording says beyond is read.
            foreach (var (table, words) in new[] { ("Posts", "\"Words\""), ("Files", "\"Words\""), ("Captions", "left(\"Words\", 300000)") })
                migrationBuilder.Sql($"""CREATE INDEX "{table}Index" ON "{table}" USING gin (array_to_tsvector(string_to_array({words}, ' ')));""");
            migrationBuilder.Sql("""CREATE INDEX "CaptionsIndex_Long" ON "Captions" ("FileId") WHERE length("Words") > 300000;""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var index in new[] { "PostsIndex", "FilesIndex", "CaptionsIndex", "CaptionsIndex_Long" }) migrationBuilder.Sql($"""DROP INDEX "{index}";""");

            migrationBuilder.DropForeignKey(
                name: "FK_SignInThrottles_Accounts_AccountId",
                table: "SignInThrottles");

            migrationBuilder.DropTable(
                name: "EarlierDraftFiles");

            migrationBuilder.DropTable(
                name: "HandInWishes");

            migrationBuilder.DropTable(
                name: "ReminderPupils");

            migrationBuilder.DropTable(
                name: "SetUpWords");

            migrationBuilder.DropTable(
                name: "TaskWordings");

            migrationBuilder.DropTable(
                name: "TeachingRequests");

            migrationBuilder.DropTable(
                name: "ZoneMoves");

            migrationBuilder.DropTable(
                name: "EarlierDrafts");

            migrationBuilder.DropTable(
                name: "Reminders");

            migrationBuilder.DropIndex(
                name: "IX_SignInThrottles_AccountId",
                table: "SignInThrottles");

            migrationBuilder.DropIndex(
                name: "IX_Posts_WithoutWords",
                table: "Posts");

            migrationBuilder.DropIndex(
                name: "IX_People_Role_SortName_Id",
                table: "People");

            migrationBuilder.DropIndex(
                name: "IX_KnownDevices_KeyHash",
                table: "KnownDevices");

            migrationBuilder.DropIndex(
                name: "IX_Files_WithoutWords",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "SentSha256",
                table: "Uploads");

            migrationBuilder.DropColumn(
                name: "DraftPage",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "WasOnTime",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "AccountId",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "DayBeganAt",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "LetInUntil",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "Misses",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "NextTimeZone",
                table: "School");

            migrationBuilder.DropColumn(
                name: "ZoneChangedAt",
                table: "School");

            migrationBuilder.DropColumn(
                name: "ZoneMovesUpTo",
                table: "School");

            migrationBuilder.DropColumn(
                name: "Formulae",
                table: "Posts");

            migrationBuilder.DropColumn(
                name: "Rules",
                table: "Posts");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "Posts");

            migrationBuilder.DropColumn(
                name: "Name",
                table: "People");

            migrationBuilder.DropColumn(
                name: "SortName",
                table: "People");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "People");

            migrationBuilder.DropColumn(
                name: "Trouble",
                table: "MessageSettings");

            migrationBuilder.DropColumn(
                name: "TroubleAt",
                table: "MessageSettings");

            migrationBuilder.DropColumn(
                name: "Address",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "OpenedAt",
                table: "Marks");

            migrationBuilder.DropColumn(
                name: "TakenBackAt",
                table: "Marks");

            migrationBuilder.DropColumn(
                name: "Misses",
                table: "KnownDevices");

            migrationBuilder.DropColumn(
                name: "Code",
                table: "GuardianLinks");

            migrationBuilder.DropColumn(
                name: "CodeTries",
                table: "GuardianLinks");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "Captions");

            migrationBuilder.DropColumn(
                name: "PasswordById",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "PasswordEndsAt",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "PasswordMadeAt",
                table: "Accounts");

            migrationBuilder.AlterColumn<string>(
                name: "Before",
                table: "RosterChanges",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(700)",
                oldMaxLength: 700);

            migrationBuilder.AlterColumn<string>(
                name: "After",
                table: "RosterChanges",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(700)",
                oldMaxLength: 700);

            migrationBuilder.AlterColumn<string>(
                name: "Surname",
                table: "People",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(300)",
                oldMaxLength: 300);

            migrationBuilder.AlterColumn<string>(
                name: "Forename",
                table: "People",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(300)",
                oldMaxLength: 300);

            migrationBuilder.AlterColumn<string>(
                name: "Surname",
                table: "JoinRequests",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(300)",
                oldMaxLength: 300);

            migrationBuilder.AlterColumn<string>(
                name: "Forename",
                table: "JoinRequests",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(300)",
                oldMaxLength: 300);

            migrationBuilder.CreateIndex(
                name: "IX_People_Role_Surname_Forename_Id",
                table: "People",
                columns: new[] { "Role", "Surname", "Forename", "Id" });
        }
    }
}
