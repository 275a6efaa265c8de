"""Holds the event node against esdbclient: its answers must suit a client that others wrote, too.

Usage: independent-client.py FOLDER, where nodes may keep their events. Ends with 0 where all is well.
"""

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from esdbclient import EventStoreDBClient, NewEvent, StreamState
from esdbclient.exceptions import (
    FailedPrecondition,
    GrpcError,
    MaximumAppendSizeExceededError,
    NotFound,
    StreamIsDeleted,
    WrongCurrentVersion,
)

NODE = ["node", "dist/apps/event-node/src/main.js", "--port", "0"]
READY = "event node: ready at "
# No check is about time: this only ends one that would wait for ever.
PATIENCE_S = 60

checks = []
checks_of_deleting = []


def check(function):
    checks.append(function)
    return function


def check_of_deleting(function):
    checks_of_deleting.append(function)
    return function


@contextmanager
def event_node(*options):
    """Runs a node, and gives the connection string that it prints."""
    node = subprocess.Popen([*NODE, *options], stdout=subprocess.PIPE, text=True)
    try:
        line = node.stdout.readline()
        if not line.startswith(READY):
            raise RuntimeError(f"The event node did not start; it printed {line!r}.")
        yield line.removeprefix(READY).rpartition(", events in ")[0]
    finally:
        node.terminate()
        if node.wait(PATIENCE_S) != 0:
            raise RuntimeError(f"The event node ended with {node.returncode}.")


def as_user(connection, username, password):
    return connection.replace("://", f"://{username}:{password}@")


def a_stream():
    return f"ledger-{uuid4()}"


def an_event(**about):
    return NewEvent(
        **{"type": "PageWritten", "data": b'{"n":1}', "metadata": b'{"by":"clerk"}', **about}
    )


def some_events(count):
    return [an_event(data=b'{"n":%d}' % n) for n in range(count)]


def ids(events):
    return [event.id for event in events]


def equal(found, expected):
    if found != expected:
        raise AssertionError(f"found {found!r} instead of {expected!r}")


def refused(error, call, saying=""):
    try:
        call()
    except error as refusal:
        if saying not in str(refusal):
            raise AssertionError(f"refused without saying {saying}: {refusal}") from refusal
        return
    raise AssertionError(f"not refused with {error.__name__}")


@check
def an_appended_event_is_read_as_it_was_given(client):
    stream, event = a_stream(), an_event()
    position = client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=event)
    [read] = client.get_stream(stream)
    equal((read.id, read.type, read.data), (event.id, event.type, event.data))
    equal((read.metadata, read.content_type), (event.metadata, "application/json"))
    equal((read.stream_name, read.stream_position), (stream, 0))
    equal((read.commit_position, read.prepare_position), (position, position))
    if read.recorded_at is None:
        raise AssertionError("it does not say when it was recorded")


@check
def bytes_that_are_no_json_are_kept_as_they_are(client):
    stream = a_stream()
    event = an_event(
        data=bytes(range(256)), metadata=b"\x00\xff", content_type="application/octet-stream"
    )
    client.append_to_stream(stream, current_version=StreamState.ANY, events=event)
    [read] = client.get_stream(stream)
    equal(
        (read.data, read.metadata, read.content_type),
        (event.data, event.metadata, event.content_type),
    )


@check
def each_expected_version_is_held_to(client):
    stream = a_stream()
    append = lambda version, events: client.append_to_stream(
        stream, current_version=version, events=events
    )
    refused(WrongCurrentVersion, lambda: append(0, an_event()))
    refused(WrongCurrentVersion, lambda: append(0, some_events(2)))
    refused(WrongCurrentVersion, lambda: append(StreamState.EXISTS, an_event()))
    refused(NotFound, lambda: client.get_stream(stream))
    append(StreamState.NO_STREAM, an_event())
    append(0, an_event())
    append(StreamState.EXISTS, some_events(2))
    append(StreamState.ANY, an_event())
    refused(WrongCurrentVersion, lambda: append(StreamState.NO_STREAM, an_event()))
    refused(WrongCurrentVersion, lambda: append(StreamState.NO_STREAM, some_events(2)))
    refused(WrongCurrentVersion, lambda: append(3, an_event()))
    refused(WrongCurrentVersion, lambda: append(5, some_events(2)))
    equal(client.get_current_version(stream), 4)


@check
def a_repeated_append_answers_the_same_and_writes_nothing(client):
    stream, one, several = a_stream(), an_event(), some_events(3)
    for version, events in [(StreamState.NO_STREAM, one), (0, several), (StreamState.ANY, several)]:
        first = client.append_to_stream(stream, current_version=version, events=events)
        equal(client.append_to_stream(stream, current_version=version, events=events), first)
    equal(ids(client.get_stream(stream)), ids([one, *several]))


@check
def a_batch_of_many_events_is_one_append(client):
    stream, events = a_stream(), some_events(2000)
    position = client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=events)
    read = client.get_stream(stream)
    equal(ids(read), ids(events))
    equal([event.stream_position for event in read], list(range(2000)))
    equal(read[-1].commit_position, position)


@check
def an_append_that_is_too_large_is_refused_whole(client):
    stream, events = a_stream(), [an_event(data=b"1" * 200_000) for _ in range(6)]
    append = lambda: client.append_to_stream(stream, current_version=StreamState.ANY, events=events)
    refused(MaximumAppendSizeExceededError, append)
    refused(NotFound, lambda: client.get_stream(stream))


@check
def a_stream_is_read_both_ways_from_anywhere_up_to_a_limit(client):
    stream = a_stream()
    client.append_to_stream(stream, current_version=StreamState.ANY, events=some_events(10))
    read = lambda **how: [event.stream_position for event in client.get_stream(stream, **how)]
    equal(read(), list(range(10)))
    equal(read(limit=3), [0, 1, 2])
    equal(read(stream_position=7), [7, 8, 9])
    equal(read(stream_position=4, limit=2), [4, 5])
    equal(read(backwards=True, limit=3), [9, 8, 7])
    equal(read(stream_position=2, backwards=True), [2, 1, 0])
    equal(read(stream_position=10), [])


@check
def all_streams_are_read_both_ways_without_system_events(client):
    start = client.get_commit_position()
    stream, events = a_stream(), some_events(4)
    client.append_to_stream(stream, current_version=StreamState.ANY, events=events[:2])
    client.set_stream_metadata(stream, metadata={"kept-by": "clerk"})
    client.append_to_stream(stream, current_version=StreamState.ANY, events=events[2:])
    last = client.get_stream(stream, backwards=True, limit=1)[0].commit_position

    equal(client.get_commit_position(), last)
    forwards = [
        event for event in client.read_all(commit_position=start) if event.commit_position > start
    ]
    equal(ids(forwards), ids(events))
    equal(
        ids(client.read_all(commit_position=forwards[1].commit_position, limit=2)), ids(events[1:3])
    )
    equal(ids(client.read_all(backwards=True, limit=3)), ids(events[:0:-1]))
    unfiltered = client.read_all(backwards=True, limit=3, filter_exclude=())
    equal([event.type for event in unfiltered], ["PageWritten", "PageWritten", "$metadata"])
    equal([event.commit_position for event in client.read_all(backwards=True, limit=1)], [last])


@check
def a_reading_of_all_streams_can_be_filtered_by_type_and_by_stream(client):
    stream, other = a_stream(), a_stream()
    client.append_to_stream(
        stream, current_version=StreamState.ANY, events=an_event(type=f"Type-{stream}")
    )
    client.append_to_stream(
        other, current_version=StreamState.ANY, events=an_event(type=f"Type-{other}")
    )
    read = lambda **how: [event.stream_name for event in client.read_all(**how)]
    equal(read(filter_include=(f"Type-{stream}",)), [stream])
    equal(read(filter_include=(stream, other), filter_by_stream_name=True), [stream, other])
    equal(read(filter_include=("no-such-type",)), [])
    if {stream, other} & set(read(filter_exclude=(r"Type-.*", r"\$.+"))):
        raise AssertionError("an excluded type was read")


@check
def a_subscription_to_a_stream_catches_up_and_goes_on_live(client):
    stream, events = a_stream(), some_events(6)
    client.append_to_stream(stream, current_version=StreamState.ANY, events=events[:2])
    with client.subscribe_to_stream(stream, timeout=PATIENCE_S) as subscription:
        equal([next(subscription).id, next(subscription).id], ids(events[:2]))
        client.append_to_stream(stream, current_version=1, events=events[2])
        equal(next(subscription).id, events[2].id)
    behind = client.subscribe_to_stream(stream, stream_position=1, timeout=PATIENCE_S)
    with behind as subscription:
        equal(next(subscription).id, events[2].id)
    with client.subscribe_to_stream(stream, from_end=True, timeout=PATIENCE_S) as subscription:
        client.append_to_stream(stream, current_version=2, events=events[3:])
        equal([next(subscription).id for _ in range(3)], ids(events[3:]))


@check
def a_subscription_to_all_streams_says_when_it_has_caught_up(client):
    start, stream, events = client.get_commit_position(), a_stream(), some_events(5)
    client.append_to_stream(stream, current_version=StreamState.ANY, events=events[:3])
    wanted = {"commit_position": start, "include_caught_up": True, "timeout": PATIENCE_S}
    with client.subscribe_to_all(**wanted) as subscription:
        equal([next(subscription).id for _ in range(3)], ids(events[:3]))
        equal(next(subscription).is_caught_up, True)
        client.append_to_stream(stream, current_version=2, events=events[3:])
        equal([next(subscription).id for _ in range(2)], ids(events[3:]))


@check
def a_filtered_subscription_is_told_how_far_it_is(client):
    start, wanted, other = client.get_commit_position(), a_stream(), a_stream()
    client.append_to_stream(other, current_version=StreamState.ANY, events=some_events(100))
    event = an_event()
    client.append_to_stream(wanted, current_version=StreamState.ANY, events=event)
    filtered = {"filter_include": (wanted,), "filter_by_stream_name": True, "timeout": PATIENCE_S}
    checkpoints = {
        "include_checkpoints": True,
        "window_size": 10,
        "checkpoint_interval_multiplier": 2,
    }
    with client.subscribe_to_all(commit_position=start, **filtered, **checkpoints) as subscription:
        before = []
        for received in subscription:
            if not received.is_checkpoint:
                break
            before.append(received.commit_position)
        equal(received.id, event.id)
    equal(len(before), 5)
    equal(before, sorted(set(before)))
    if not start < before[0] <= before[-1] < received.commit_position:
        raise AssertionError(f"the checkpoints {before} are not between {start} and the event")
    with client.subscribe_to_all(commit_position=before[-1], **filtered) as subscription:
        equal(next(subscription).id, event.id)


@check
def metadata_of_a_stream_is_kept_and_bounds_what_is_read_of_it(client):
    stream = a_stream()
    equal(client.get_stream_metadata(stream), ({}, StreamState.NO_STREAM))
    client.append_to_stream(stream, current_version=StreamState.ANY, events=some_events(5))
    client.set_stream_metadata(
        stream, metadata={"$maxCount": 2}, current_version=StreamState.NO_STREAM
    )
    equal(client.get_stream_metadata(stream), ({"$maxCount": 2}, 0))
    equal([event.stream_position for event in client.get_stream(stream)], [3, 4])
    again = {"metadata": {}, "current_version": 3}
    refused(WrongCurrentVersion, lambda: client.set_stream_metadata(stream, **again))


@check
def a_stream_is_not_deleted(client):
    stream = a_stream()
    client.append_to_stream(stream, current_version=StreamState.ANY, events=some_events(2))
    # This client has no error of its own for it.
    denied = "PERMISSION_DENIED"
    refused(GrpcError, lambda: client.delete_stream(stream, current_version=1), saying=denied)
    refused(GrpcError, lambda: client.tombstone_stream(stream, current_version=1), saying=denied)
    equal(client.get_current_version(stream), 1)


@check
def a_name_beyond_ascii_is_a_name_like_any_other(client):
    stream = f"Hafenbücher-港-🚢-{uuid4()}"
    client.append_to_stream(
        stream, current_version=StreamState.NO_STREAM, events=an_event(type="Größe")
    )
    refused(
        WrongCurrentVersion,
        lambda: client.append_to_stream(stream, current_version=5, events=some_events(2)),
    )
    [read] = client.get_stream(stream)
    equal((read.stream_name, read.type), (stream, "Größe"))


@check
def a_stream_that_never_was_is_not_found(client):
    refused(NotFound, lambda: client.get_stream(a_stream()))
    refused(NotFound, lambda: client.get_stream(a_stream(), backwards=True))
    equal(client.get_current_version(a_stream()), StreamState.NO_STREAM)


@check
def the_node_is_found_by_discovery(client):
    connection = client.connection_spec.uri.replace("esdb://", "esdb+discover://")
    with EventStoreDBClient(connection) as discovered:
        equal(discovered.connection_target, client.connection_target)
        [member] = discovered.read_gossip()
        found = (member.state, f"{member.address}:{member.port}")
        equal(found, ("NODE_STATE_LEADER", client.connection_target))


@check
def a_stranger_reads_and_appends_nothing(client):
    spec = client.connection_spec
    connection = spec.uri.replace(spec.password, "no-such-password")
    stream, denied = a_stream(), "UNAUTHENTICATED"
    append = {"current_version": StreamState.ANY, "events": an_event()}
    with EventStoreDBClient(connection) as stranger:
        refused(GrpcError, lambda: stranger.append_to_stream(stream, **append), saying=denied)
        refused(GrpcError, lambda: stranger.get_commit_position(), saying=denied)
    refused(NotFound, lambda: client.get_stream(stream))


@check_of_deleting
def a_deleted_stream_is_not_found_and_goes_on_counting(client):
    stream = a_stream()
    client.append_to_stream(stream, current_version=StreamState.ANY, events=some_events(3))
    refused(FailedPrecondition, lambda: client.delete_stream(stream, current_version=7))
    client.delete_stream(stream, current_version=2)
    refused(NotFound, lambda: client.get_stream(stream))
    client.append_to_stream(stream, current_version=StreamState.NO_STREAM, events=an_event())
    equal([event.stream_position for event in client.get_stream(stream)], [3])


@check_of_deleting
def a_stream_deleted_for_ever_says_so(client):
    stream = a_stream()
    append = lambda events: client.append_to_stream(
        stream, current_version=StreamState.ANY, events=events
    )
    append(some_events(3))
    client.tombstone_stream(stream, current_version=2)
    refused(StreamIsDeleted, lambda: client.get_stream(stream))
    refused(StreamIsDeleted, lambda: append(some_events(2)))


def failed_of(functions, connection):
    failed = 0
    for function in functions:
        sentence = function.__name__.replace("_", " ")
        try:
            # A client of its own, so that what one check leaves open does not trouble the next.
            with EventStoreDBClient(connection) as client:
                function(client)
            print(f"ok      {sentence}")
        except Exception as error:
            failed += 1
            print(f"FAILED  {sentence}: {type(error).__name__}: {error}")
    return failed


def main(folder):
    keys = folder / "keys"
    with event_node("--folder", folder / "closed", "--keys", keys) as connection:
        credential = json.loads((keys / "credential.json").read_text())
        failed = failed_of(checks, as_user(connection, **credential))
    with event_node("--folder", folder / "open", "--plaintext", "--allow-delete") as connection:
        failed += failed_of(checks_of_deleting, connection)
    print(f"{len(checks) + len(checks_of_deleting) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
