import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_page_of_signing_in_is_vietnamese_and_ours(client):
    text = client.get(reverse("account_login")).content.decode()
    for word in [
        "Đăng nhập",
        "Mật khẩu",
        "Thư điện tử",
        "khóa truy cập",
    ]:
        assert word in text
    assert "sign up" not in text.lower()
    assert text.count("<h1") == 1


def test_a_wrong_password_is_refused_in_vietnamese(client):
    given = {"login": "khong-co@example.vn", "password": "khong-dung-dau"}
    text = client.post(reverse("account_login"), given).content.decode()
    assert "mật khẩu không đúng" in text
    assert "khong-co@example.vn" in text


def test_nobody_signs_up_by_themselves(client):
    answer = client.get(reverse("account_signup"))
    assert 'type="password"' not in answer.content.decode()


@pytest.fixture
def signed_in(client, django_user_model):
    person = django_user_model.objects.create(email="thu-ky@example.vn")
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("account_change_password", "Mật khẩu hiện tại"),
        ("mfa_index", "Ứng dụng xác thực"),
        ("usersessions_list", "Phiên làm việc"),
        ("account_logout", "Bạn có chắc muốn đăng xuất không?"),
    ],
)
def test_the_pages_of_the_account_are_vietnamese(signed_in, name, word):
    answer = signed_in.get(reverse(name), follow=True)
    assert answer.status_code == 200
    assert word in answer.content.decode()


def test_a_browser_in_english_still_gets_vietnamese(client):
    text = client.get(
        reverse("account_login"), headers={"accept-language": "en-US,en"}
    ).content.decode()
    assert '<html lang="vi"' in text
    assert "Mật khẩu" in text


def test_a_reader_may_choose_english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert '<html lang="en"' in client.get(reverse("account_login")).content.decode()
