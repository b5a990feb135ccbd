use super::{Client, Policy, is_public};
use crate::{OutgoingRefusal, check_address};
use std::{
    io::{Read as _, Write as _},
    net::{IpAddr, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// A server of this machine that answers each connection by `answer`, and counts them.
fn server(answer: impl Fn(TcpStream) + Send + 'static) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            counted.fetch_add(1, Ordering::SeqCst);
            let mut head = [0; 4096];
            let mut stream = stream;
            let _ = stream.read(&mut head);
            answer(stream);
        }
    });
    (port, asked)
}

fn says(text: &'static str) -> impl Fn(TcpStream) + Send + 'static {
    move |mut stream| stream.write_all(text.as_bytes()).unwrap_or(())
}

fn short() -> Policy {
    Policy { plain_http: true, body_limit_bytes: 1_000, patience: Duration::from_secs(1), ..Policy::default() }
}

fn at_home() -> Policy {
    Policy { private_addresses: true, ..short() }
}

const FINE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\nx-own: yes\r\n\r\nfine";

#[test]
fn an_answer_comes_whole() {
    let (port, _) = server(says(FINE));
    let answer = Client::new(at_home()).get(&format!("http://127.0.0.1:{port}/"), &[("x-mine", "1")]).unwrap();
    assert_eq!((answer.status, answer.header("x-own"), &answer.body[..]), (200, Some("yes"), &b"fine"[..]));
    let (port, _) = server(says("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n"));
    let answer = Client::new(at_home()).post(&format!("http://127.0.0.1:{port}/"), &[], b"x").unwrap();
    assert!(answer.status == 503 && !answer.is_success());
}

/// Every way to write our own machine that a parser might take for something else.
#[test]
fn our_own_machine_is_not_asked_however_it_is_written() {
    let (port, asked) = server(says(FINE));
    let client = Client::new(short());
    for host in [
        "127.0.0.1",
        "localhost",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "LOCALHOST",
        "localhost.",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.0.1",
        "[fe80::1]",
        "[fd00::1]",
        "224.0.0.1",
        "255.255.255.255",
    ] {
        let refused = client.get(&format!("http://{host}:{port}/"), &[]).unwrap_err();
        // A resolver of the system may know fewer of these forms than others do.
        assert!(matches!(refused, OutgoingRefusal::NotPublic | OutgoingRefusal::Unknown), "{host}: {refused:?}");
        assert!(client.post(&format!("http://{host}:{port}/"), &[], b"x").is_err(), "{host}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0, "nobody was connected to");
}

#[test]
fn addresses_that_deceive_are_not_read() {
    let policy = Policy { plain_http: true, ..Policy::default() };
    for url in ["http://127.0.0.1:1@evil.example/", "http://evil.example@127.0.0.1/", "https://a:b@example.org/"] {
        assert_eq!(check_address(url, &policy), Err(OutgoingRefusal::Credentials), "{url}");
    }
    for url in [
        "",
        "x",
        "/path",
        "//host/path",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "http://",
        "https:///x",
        "http://exa mple.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org:/",
        "http://example.org:99999999/",
        "http://example.org/\r\nx: y",
        "http://[::1/",
        "javascript:alert(1)",
        "http:/example.org/",
    ] {
        assert_eq!(check_address(url, &policy), Err(OutgoingRefusal::NotAnAddress), "{url:?}");
    }
    let long = format!("https://example.org/{}", "x".repeat(2_000));
    assert_eq!(check_address(&long, &policy), Err(OutgoingRefusal::NotAnAddress));
    assert_eq!(check_address("http://example.org/", &Policy::default()), Err(OutgoingRefusal::NotHttps));
    assert_eq!(check_address("https://example.org:8443/hook?x=1", &Policy::default()), Ok(()));
    for url in ["https://127.0.0.1/", "https://[::1]:8443/", "https://169.254.169.254/latest"] {
        assert_eq!(check_address(url, &Policy::default()), Err(OutgoingRefusal::NotPublic), "{url}");
    }
}

/// A client for which only 127.0.0.1 is public, and whose names are these, one after another.
fn resolving(policy: Policy, answers: Vec<Vec<IpAddr>>, port: u16) -> (Client, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let look_up = move |_: &ureq::http::Uri, _: &ureq::config::Config, _: super::NextTimeout| {
        let turn = counted.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        Ok(answers[turn].iter().map(|address| SocketAddr::new(*address, port)).collect())
    };
    let home: IpAddr = "127.0.0.1".parse().unwrap();
    (Client::with(policy, Arc::new(look_up), Arc::new(move |address| address == home || is_public(address))), asked)
}

#[test]
fn a_name_is_looked_up_once_and_what_was_checked_is_connected_to() {
    let (port, _) = server(says(FINE));
    let (home, metadata): (IpAddr, IpAddr) = ("127.0.0.1".parse().unwrap(), "169.254.169.254".parse().unwrap());
    let (client, looked_up) = resolving(short(), vec![vec![home], vec![metadata]], port);
    assert_eq!(client.get("http://rebinding.example/", &[]).unwrap().body, b"fine");
    assert_eq!(looked_up.load(Ordering::SeqCst), 1);
    assert_eq!(client.get("http://rebinding.example/", &[]), Err(OutgoingRefusal::NotPublic));
    let (client, _) = resolving(short(), vec![vec![home, metadata]], port);
    assert_eq!(client.get("http://both.example/", &[]), Err(OutgoingRefusal::NotPublic), "one of them is enough");
}

#[test]
fn a_redirect_is_checked_like_the_first_address() {
    let private = "HTTP/1.1 302 Found\r\nlocation: http://10.0.0.1/\r\ncontent-length: 0\r\n\r\n";
    let home = vec![vec!["127.0.0.1".parse().unwrap()], vec!["10.0.0.1".parse().unwrap()]];
    let (port, _) = server(says(private));
    let follows = Policy { redirects: true, ..short() };
    let (client, _) = resolving(follows.clone(), home.clone(), port);
    assert_eq!(client.get("http://one.example/", &[]), Err(OutgoingRefusal::NotPublic));
    let (client, _) = resolving(short(), home.clone(), port);
    assert_eq!(client.get("http://one.example/", &[]).unwrap().status, 302, "not followed without being asked to");
    let (client, _) = resolving(follows.clone(), home, port);
    assert_eq!(client.post("http://one.example/", &[], b"x").unwrap().status, 302, "nothing is sent on");
    for (head, refusal) in [
        (
            "HTTP/1.1 302 Found\r\nlocation: file:///etc/passwd\r\ncontent-length: 0\r\n\r\n",
            OutgoingRefusal::NotAnAddress,
        ),
        (
            "HTTP/1.1 302 Found\r\nlocation: http://a@b.example/\r\ncontent-length: 0\r\n\r\n",
            OutgoingRefusal::Credentials,
        ),
        ("HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\n\r\n", OutgoingRefusal::Redirected),
    ] {
        let (port, asked) = server(says(head));
        let (client, _) = resolving(follows.clone(), vec![vec!["127.0.0.1".parse().unwrap()]], port);
        assert_eq!(client.get("http://one.example/", &[]), Err(refusal));
        assert!(asked.load(Ordering::SeqCst) <= 4);
    }
}

#[test]
fn what_is_slow_or_endless_ends() {
    let (port, _) = server(|_stream| std::thread::sleep(Duration::from_secs(5)));
    let client = Client::new(at_home());
    assert_eq!(client.get(&format!("http://127.0.0.1:{port}/"), &[]), Err(OutgoingRefusal::TooSlow));
    let (port, _) = server(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    assert_eq!(client.get(&format!("http://127.0.0.1:{port}/"), &[]), Err(OutgoingRefusal::TooSlow), "drop by drop");
    let (port, _) = server(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[b'x'; 10_000]).is_ok() {}
    });
    assert_eq!(client.get(&format!("http://127.0.0.1:{port}/"), &[]), Err(OutgoingRefusal::TooLarge));
    let (port, _) = server(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"x-head: long long long long\r\n").is_ok() {}
    });
    let refused = client.post(&format!("http://127.0.0.1:{port}/"), &[], b"x").unwrap_err();
    assert!(matches!(refused, OutgoingRefusal::TooLarge | OutgoingRefusal::Broken(_)), "{refused:?}");
}

#[test]
fn a_claim_of_ten_gigabytes_is_not_waited_for() {
    let (port, _) = server(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\na,b\n");
        std::thread::sleep(Duration::from_secs(5));
    });
    let client = Client::new(Policy { patience: Duration::from_secs(30), ..at_home() });
    // Who waits for the rest hears that the connection broke off.
    assert_eq!(client.get(&format!("http://127.0.0.1:{port}/"), &[]), Err(OutgoingRefusal::TooLarge));
}

#[test]
fn what_is_not_there_or_not_understood_is_said_without_its_words() {
    let client = Client::new(at_home());
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let refused = client.get(&format!("http://127.0.0.1:{free}/"), &[]).unwrap_err();
    assert_eq!(refused.to_string(), "there is no good connection: nobody listens there");
    let (port, _) = server(says("secret words that are not HTTP\r\n\r\n"));
    for scheme in ["http", "https"] {
        let refused = client.get(&format!("{scheme}://127.0.0.1:{port}/"), &[]).unwrap_err();
        assert!(!refused.to_string().contains("secret"), "{refused}");
    }
    assert_eq!(client.get("http://no-such-host.invalid/", &[]), Err(OutgoingRefusal::Unknown));
}

#[test]
fn whether_something_is_there_is_asked_by_head_then_get_and_no_body_is_read() {
    let (port, asked) = server(says("HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\n"));
    let client = Client::new(at_home());
    let at = |port: u16| format!("http://127.0.0.1:{port}/");
    assert_eq!((client.status_of(&at(port)), asked.load(Ordering::SeqCst)), (Ok(200), 1), "HEAD is enough");
    let (port, asked) = server(says("HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n"));
    assert_eq!((client.status_of(&at(port)), asked.load(Ordering::SeqCst)), (Ok(404), 2));
    // To HEAD it says nothing that can be understood; to GET it answers for ever.
    let turns = AtomicUsize::new(0);
    let (port, _) = server(move |mut stream| {
        if turns.fetch_add(1, Ordering::SeqCst) == 0 {
            return;
        }
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[b'x'; 10_000]).is_ok() {}
    });
    assert_eq!(client.status_of(&at(port)), Ok(200));
    let (port, asked) = server(|_stream| std::thread::sleep(Duration::from_secs(5)));
    assert_eq!(client.status_of(&at(port)), Err(OutgoingRefusal::TooSlow));
    assert_eq!(asked.load(Ordering::SeqCst), 1, "what is slow is not asked twice");
    let (port, asked) = server(says(FINE));
    assert_eq!(Client::new(short()).status_of(&at(port)), Err(OutgoingRefusal::NotPublic));
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    let private = "HTTP/1.1 302 Found\r\nlocation: http://10.0.0.1/\r\ncontent-length: 0\r\n\r\n";
    let (port, asked) = server(says(private));
    let home = vec![vec!["127.0.0.1".parse().unwrap()], vec!["10.0.0.1".parse().unwrap()]];
    let (client, _) = resolving(Policy { redirects: true, ..short() }, home, port);
    assert_eq!(client.status_of("http://one.example/"), Err(OutgoingRefusal::NotPublic), "a redirect into our network");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}
