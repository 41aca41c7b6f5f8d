-- What every table and column means. The data dictionary in docs/ is written from these comments.

COMMENT ON TABLE schema_migration IS 'Migrations applied to this warehouse';
COMMENT ON COLUMN schema_migration.name IS 'File name of the migration';
COMMENT ON COLUMN schema_migration.applied_at IS 'When it was applied';
COMMENT ON COLUMN schema_migration.checksum IS 'Hash of its text: an applied migration is never edited';

COMMENT ON TABLE platform IS 'Marketplaces: those of the platform files, and services met in imports only';
COMMENT ON COLUMN platform.platform_id IS
'Identifier, the name of the platform file; "undeclared:<service>" else';
COMMENT ON COLUMN platform.name IS 'Name as people write it';
COMMENT ON COLUMN platform.locale IS 'Language and country watched, such as fr-FR';
COMMENT ON COLUMN platform.is_declared IS 'A platform file declares it; false: it stays out of comparisons';

COMMENT ON TABLE platform_status IS 'Dated status of a platform towards the charter';
COMMENT ON COLUMN platform_status.platform_id IS 'The platform';
COMMENT ON COLUMN platform_status.status IS 'signatory-2019, joined-2020 (as the press reported) or none';
COMMENT ON COLUMN platform_status.valid_from IS 'First day of the status; empty: from the start';
COMMENT ON COLUMN platform_status.valid_until IS 'First day on which it holds no more; empty: it still holds';
COMMENT ON COLUMN platform_status.source IS 'Who says so';

COMMENT ON TABLE commitment IS 'The 14 commitments of the charter that alerts are about';
COMMENT ON COLUMN commitment.commitment_id IS 'Identifier, such as terms-change-notice';
COMMENT ON COLUMN commitment.axis IS 'Axis of the charter that the commitment belongs to';
COMMENT ON COLUMN commitment.title_fr IS 'Title in French';
COMMENT ON COLUMN commitment.title_en IS 'Title in English';
COMMENT ON COLUMN commitment.evidence_level IS
'How well its wording is known: sourced, topic-sourced, inferred';
COMMENT ON COLUMN commitment.legal_references IS
'Articles of Regulation (EU) 2019/1150 (P2B) and the DSA on the same subject, as JSON; thresholds '
'are theirs, '
'the charter sets none';

COMMENT ON TABLE document IS 'One seller policy of a platform, from one origin';
COMMENT ON COLUMN document.document_id IS 'Key, from origin, service and terms type';
COMMENT ON COLUMN document.platform_id IS 'The platform whose policy it is';
COMMENT ON COLUMN document.service IS 'Name of the service in the source';
COMMENT ON COLUMN document.terms_type IS 'Terms type, in the vocabulary of Open Terms Archive';
COMMENT ON COLUMN document.origin IS
'live, or ota:<collection> for an imported series; the two are never mixed';
COMMENT ON COLUMN document.title IS 'Title that readers know it by';
COMMENT ON COLUMN document.language IS 'Language of the text, ISO 639-1';
COMMENT ON COLUMN document.audience IS 'Whom it binds: seller, buyer, seller+buyer, unknown';
COMMENT ON COLUMN document.state IS
'active, to_verify, policy_blocked, behind_login, no_public_terms, hub, archived, out_of_scope; '
'recorded: imported';
COMMENT ON COLUMN document.attribution IS 'Attribution owed to the source of the texts';

COMMENT ON TABLE declaration IS 'How a document is fetched and extracted, by content';
COMMENT ON COLUMN declaration.declaration_hash IS 'Hash of the declaration';
COMMENT ON COLUMN declaration.document_id IS 'The document it is for';
COMMENT ON COLUMN declaration.body IS 'The declaration as JSON, in the keys of Open Terms Archive';
COMMENT ON COLUMN declaration.valid_from IS 'From when it was used; empty: from the start';
COMMENT ON COLUMN declaration.valid_until IS 'Until when it was used; empty: it still is';

COMMENT ON TABLE observation IS 'One attempt to see a document at a time, successful or not';
COMMENT ON COLUMN observation.observation_id IS
'Key, from the document and what the source calls the attempt';
COMMENT ON COLUMN observation.document_id IS 'The document looked at';
COMMENT ON COLUMN observation.observed_at IS 'When, in UTC; for imports the date that the archive recorded';
COMMENT ON COLUMN observation.source_id IS 'What the source calls it: a commit of an archive, a crawl';
COMMENT ON COLUMN observation.outcome IS
'text, or why there is none: unreachable, policy_blocked, quarantined, ...';
COMMENT ON COLUMN observation.outcome_reason IS 'The outcome explained';
COMMENT ON COLUMN observation.technical_reason IS
'Set where the archive itself says that it re-extracted, renamed or noted: no change of the platform';
COMMENT ON COLUMN observation.evidence IS 'What the text rests on; imports: recorded text only';
COMMENT ON COLUMN observation.run_id IS 'Run that recorded the row';
COMMENT ON COLUMN observation.recorded_at IS 'When the row was recorded';

COMMENT ON TABLE snapshot IS 'Raw bytes of fetched pages, by content';
COMMENT ON COLUMN snapshot.snapshot_hash IS 'Hash of the bytes';
COMMENT ON COLUMN snapshot.media_type IS 'Media type served';
COMMENT ON COLUMN snapshot.byte_count IS 'Size in bytes';
COMMENT ON COLUMN snapshot.kept_until IS 'When maintenance may drop the bytes (the hash stays); empty: never';

COMMENT ON TABLE "fetch" IS 'One page of an observation; the name is a reserved word and needs quotes in SQL';
COMMENT ON COLUMN "fetch".fetch_id IS 'Key, from the observation and the URL';
COMMENT ON COLUMN "fetch".observation_id IS 'The observation it is part of';
COMMENT ON COLUMN "fetch".url IS 'URL asked for';
COMMENT ON COLUMN "fetch".http_status IS 'HTTP status; empty: no answer';
COMMENT ON COLUMN "fetch".outcome IS 'What became of it';
COMMENT ON COLUMN "fetch".outcome_reason IS 'The outcome explained';
COMMENT ON COLUMN "fetch".started_at IS 'When the request was sent';
COMMENT ON COLUMN "fetch".elapsed_ms IS 'Milliseconds until the answer was complete';
COMMENT ON COLUMN "fetch".snapshot_hash IS 'The bytes received';
COMMENT ON COLUMN "fetch".warc_file IS 'WARC file that holds the exchange, relative to the data folder';
COMMENT ON COLUMN "fetch".warc_offset IS 'Offset of its record in the WARC file, in bytes';

COMMENT ON TABLE text_body IS 'Texts extracted, by content, once per document';
COMMENT ON COLUMN text_body.text_hash IS 'Hash of the text';
COMMENT ON COLUMN text_body.document_id IS 'The document it was seen in';
COMMENT ON COLUMN text_body.body IS 'The text, in Markdown; third-party text, never to be republished whole';
COMMENT ON COLUMN text_body.char_count IS 'Length in characters';

COMMENT ON TABLE extraction IS 'Fetches, declaration and extractor version gave this text';
COMMENT ON COLUMN extraction.extraction_id IS 'Key, from the observation and the extractor';
COMMENT ON COLUMN extraction.observation_id IS 'The observation extracted';
COMMENT ON COLUMN extraction.declaration_hash IS 'The declaration followed; empty for imports';
COMMENT ON COLUMN extraction.extractor IS 'Which extractor; imports: recorded by the archive';
COMMENT ON COLUMN extraction.extractor_version IS 'Its version';
COMMENT ON COLUMN extraction.text_hash IS 'The text it gave';
COMMENT ON COLUMN extraction.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN extraction.superseded_at IS 'When a later extraction took its place; empty: in force';

COMMENT ON TABLE verdict IS 'What became of an observation, always with a reason';
COMMENT ON COLUMN verdict.verdict_id IS 'Key, from the content of the verdict';
COMMENT ON COLUMN verdict.observation_id IS 'The observation judged';
COMMENT ON COLUMN verdict.document_id IS 'Its document';
COMMENT ON COLUMN verdict.verdict IS
'baseline, unchanged, cosmetic, oscillation, quarantined, changed, technical, unreachable, '
'policy_blocked, withdrawn';
COMMENT ON COLUMN verdict.rule_id IS 'The rule that decided';
COMMENT ON COLUMN verdict.reason IS 'Why, in one phrase';
COMMENT ON COLUMN verdict.noise_classes IS 'Classes of noise found, comma-separated';
COMMENT ON COLUMN verdict.comparison_id IS
'The comparison it rests on, as in table change; empty: none was needed';
COMMENT ON COLUMN verdict.is_alert IS 'An alert is owed for it';
COMMENT ON COLUMN verdict.engine_version IS 'Version of rules and lexicon that decided';
COMMENT ON COLUMN verdict.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN verdict.superseded_at IS 'When a later fold decided otherwise; empty: in force';

COMMENT ON TABLE version IS 'Accepted text of a document, from one observation until the next version';
COMMENT ON COLUMN version.version_id IS 'Key, from document, observation and text';
COMMENT ON COLUMN version.document_id IS 'The document';
COMMENT ON COLUMN version.observation_id IS 'The observation that opened it';
COMMENT ON COLUMN version.text_hash IS 'Its text';
COMMENT ON COLUMN version.clause_set_hash IS
'Hash of its clauses: the same for texts that differ in noise only';
COMMENT ON COLUMN version.valid_from IS 'First seen';
COMMENT ON COLUMN version.valid_until IS 'First sight of the next version; empty: still in force';
COMMENT ON COLUMN version.opened_by IS 'Verdict that opened it: baseline, changed, technical, ...';
COMMENT ON COLUMN version.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN version.superseded_at IS 'When a later fold decided otherwise; empty: in force';

COMMENT ON TABLE clause_text IS 'Texts of clauses, by content: each distinct clause once';
COMMENT ON COLUMN clause_text.clause_hash IS 'Hash of the text';
COMMENT ON COLUMN clause_text.body IS 'The text, without Markdown marks';

COMMENT ON TABLE clause IS 'Clauses of the versions, in order';
COMMENT ON COLUMN clause.version_id IS 'The version';
COMMENT ON COLUMN clause.position IS 'Order in the version, from 0';
COMMENT ON COLUMN clause.clause_id IS 'Identity of the clause, the same through versions while it lives on';
COMMENT ON COLUMN clause.document_id IS 'The document';
COMMENT ON COLUMN clause.number IS 'Its own number as printed';
COMMENT ON COLUMN clause.heading IS 'Headings above it, joined by " > "';
COMMENT ON COLUMN clause.kind IS 'heading, paragraph, list_item or table_row';
COMMENT ON COLUMN clause.context IS 'Lead-in sentence of a list item, or column names of a table row';
COMMENT ON COLUMN clause.clause_hash IS 'Its text';
COMMENT ON COLUMN clause.superseded_at IS 'When a later fold dropped its version; empty: in force';

COMMENT ON TABLE change IS 'What happened to a clause between two texts of a document';
COMMENT ON COLUMN change.change_id IS 'Key, from the content of the change';
COMMENT ON COLUMN change.comparison_id IS
'The two texts compared, as verdict.comparison_id and alert.comparison_id';
COMMENT ON COLUMN change.document_id IS 'The document';
COMMENT ON COLUMN change.before_text_hash IS 'The older text';
COMMENT ON COLUMN change.after_text_hash IS 'The newer text';
COMMENT ON COLUMN change.ordinal IS 'Order within the comparison, from 0';
COMMENT ON COLUMN change.kind IS 'moved, renumbered, split, merged, modified, added, removed or restored';
COMMENT ON COLUMN change.nature IS 'noise, editorial or substantive';
COMMENT ON COLUMN change.nature_rule IS 'The rule that decided the nature';
COMMENT ON COLUMN change.noise_class IS 'Class of noise; empty unless the nature is noise';
COMMENT ON COLUMN change.heading IS 'Headings above the clause, joined by " > "';
COMMENT ON COLUMN change.number IS 'Number of the clause as printed';
COMMENT ON COLUMN change.clause_before IS 'The clause before, one line each when several; empty: added';
COMMENT ON COLUMN change.clause_after IS 'The clause after, one line each when several; empty: removed';
COMMENT ON COLUMN change.edits IS 'Word-level edits as JSON: [operation, before, after], in order';
COMMENT ON COLUMN change.facts IS
'Quantities and dates that changed, as JSON: old, new, unit, role, values, obligor';
COMMENT ON COLUMN change.direction IS 'better, worse, neutral or unclear, for the professional seller';
COMMENT ON COLUMN change.direction_rule IS 'The rule that decided the direction';
COMMENT ON COLUMN change.engine_version IS 'Version of rules and lexicon that decided';
COMMENT ON COLUMN change.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN change.superseded_at IS 'When a later fold decided otherwise; empty: in force';

COMMENT ON TABLE match IS 'The decision that a change concerns a commitment';
COMMENT ON COLUMN match.match_id IS 'Key, from change, commitment, rule and span';
COMMENT ON COLUMN match.change_id IS 'The change';
COMMENT ON COLUMN match.document_id IS 'Its document';
COMMENT ON COLUMN match.commitment_id IS 'The commitment';
COMMENT ON COLUMN match.rule_id IS 'The rule of the lexicon that fired';
COMMENT ON COLUMN match.span_start IS
'First character of what it read in the clause; both 0: the heading decided';
COMMENT ON COLUMN match.span_end IS 'Character after what it read';
COMMENT ON COLUMN match.score IS 'Sum of the weights of the rule';
COMMENT ON COLUMN match.confidence IS 'How sure, between 0 and 1';
COMMENT ON COLUMN match.superseded_at IS 'When a later fold decided otherwise; empty: in force';

COMMENT ON TABLE alert IS 'Messages owed; an alert exists here before anything is sent';
COMMENT ON COLUMN alert.alert_id IS 'Key, from the document and both clause sets: one change is one message';
COMMENT ON COLUMN alert.document_id IS 'The document';
COMMENT ON COLUMN alert.observation_id IS 'The observation that showed the change first';
COMMENT ON COLUMN alert.before_clause_set_hash IS 'Clauses before';
COMMENT ON COLUMN alert.after_clause_set_hash IS 'Clauses after';
COMMENT ON COLUMN alert.comparison_id IS 'Its changes, as in table change';
COMMENT ON COLUMN alert.changed_after IS 'Last sight of the older text: the change came later';
COMMENT ON COLUMN alert.changed_before IS 'First sight of the newer text: the change came earlier';
COMMENT ON COLUMN alert.stated_effective_date IS
'Date of effect that the document itself states; empty: none read';
COMMENT ON COLUMN alert.is_sendable IS
'Of a live document and newer than anything announced; imports never send';
COMMENT ON COLUMN alert.state IS 'in_force, undone or in_force_again: the message is edited to follow it';
COMMENT ON COLUMN alert.state_since IS 'Since which observation the state holds';
COMMENT ON COLUMN alert.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN alert.superseded_at IS 'When a later fold decided otherwise; empty: in force';

COMMENT ON TABLE alert_delivery IS 'Deliveries of alerts to channels';
COMMENT ON COLUMN alert_delivery.delivery_id IS 'Key, from alert and channel';
COMMENT ON COLUMN alert_delivery.alert_id IS 'The alert';
COMMENT ON COLUMN alert_delivery.channel IS 'Where it goes';
COMMENT ON COLUMN alert_delivery.status IS 'Where the delivery stands, such as claimed, sent, refused';
COMMENT ON COLUMN alert_delivery.payload_hash IS 'Hash of the message last delivered';
COMMENT ON COLUMN alert_delivery.message_ts IS 'What the channel calls the message, to edit it later';
COMMENT ON COLUMN alert_delivery.attempt_count IS 'Attempts so far';
COMMENT ON COLUMN alert_delivery.error IS 'Why the last attempt failed';
COMMENT ON COLUMN alert_delivery.claimed_by IS 'Process that is delivering it now; empty: none';
COMMENT ON COLUMN alert_delivery.unresolved_since IS
'Since when it is unknown whether the channel received the last attempt; empty: it is known';
COMMENT ON COLUMN alert_delivery.recorded_at IS 'When the row was recorded';

COMMENT ON TABLE quarantine IS 'Rows refused by an expectation, until a person accepts or rejects them';
COMMENT ON COLUMN quarantine.quarantine_id IS 'Key, from table and row';
COMMENT ON COLUMN quarantine.subject_table IS 'Table that the row was meant for';
COMMENT ON COLUMN quarantine.subject_key IS 'Key that the row would have there';
COMMENT ON COLUMN quarantine.document_id IS 'The document concerned';
COMMENT ON COLUMN quarantine.expectation IS 'The expectation that failed';
COMMENT ON COLUMN quarantine.reason IS 'What was found instead';
COMMENT ON COLUMN quarantine.payload IS 'The refused row: nothing is lost';
COMMENT ON COLUMN quarantine.run_id IS 'Run that refused it';
COMMENT ON COLUMN quarantine.recorded_at IS 'When the row was recorded';
COMMENT ON COLUMN quarantine.decision IS 'accepted or rejected; empty: open';
COMMENT ON COLUMN quarantine.decided_by IS 'Who decided';
COMMENT ON COLUMN quarantine.decided_reason IS 'Why';
COMMENT ON COLUMN quarantine.decided_at IS 'When';

COMMENT ON TABLE validation IS 'Runs of expectation suites over staged batches';
COMMENT ON COLUMN validation.validation_id IS 'Key, from run, suite and outcome';
COMMENT ON COLUMN validation.run_id IS 'Run that validated';
COMMENT ON COLUMN validation.suite IS 'The suite, named after its table';
COMMENT ON COLUMN validation.is_success IS 'Every expectation held';
COMMENT ON COLUMN validation.row_count IS 'Rows validated';
COMMENT ON COLUMN validation.failed_count IS 'Rows refused';
COMMENT ON COLUMN validation.evaluated_count IS 'Expectations evaluated';
COMMENT ON COLUMN validation.failed_expectations IS 'Expectations that failed, comma-separated';
COMMENT ON COLUMN validation.docs_path IS 'Page of the Data Docs that shows it';
COMMENT ON COLUMN validation.recorded_at IS 'When the row was recorded';

COMMENT ON TABLE pipeline_run IS 'Steps that ran';
COMMENT ON COLUMN pipeline_run.run_id IS 'The run';
COMMENT ON COLUMN pipeline_run.step IS 'The step of the run';
COMMENT ON COLUMN pipeline_run.source IS 'What it worked on';
COMMENT ON COLUMN pipeline_run.detail IS 'Its summary';
COMMENT ON COLUMN pipeline_run.started_at IS 'When it began';
COMMENT ON COLUMN pipeline_run.ended_at IS 'When it ended; empty: running, or killed';

COMMENT ON VIEW charter_status IS
'Charter status of platforms with open ends filled in: valid_from <= day < valid_until';
COMMENT ON VIEW watched_document IS
'Documents with the name of their platform and whether a file declares it';
COMMENT ON VIEW current_version IS
'Versions in force after the latest fold; is_in_force marks the present one of each';
COMMENT ON VIEW current_verdict IS 'The verdict in force on each observation, with document and platform';
COMMENT ON VIEW change_commitment IS
'Commitments that each change touches, with evidence level and best confidence';
COMMENT ON VIEW clause_change IS
'Clause changes in force with the observation that showed them first; commitments is a list of '
'identifiers, evidence_levels says how well each is known, in the same order';
COMMENT ON VIEW alert_feed IS
'One row per alert: platform, its charter status on that day (Paris; unknown: no platform file declares '
'it), commitments with their evidence levels, clauses before and after of the substantive changes that '
'touch them (change_count), deliveries as "channel: status"';
COMMENT ON VIEW document_health IS
'Per document: last good observation and days since then, up to the newest observation of the same '
'origin (days_unseen_at_newest) and up to now (days_unseen_now). After the last good observation a '
'document is unknown, not unchanged';
COMMENT ON VIEW quarantine_open IS 'Refused rows that wait for a decision';
