import type { Entry } from './catalogue';
import type { enFrame } from './enFrame';

/** The same in Japanese. */
export const jaFrame: Readonly<Record<keyof typeof enFrame, Entry>> = {
  'app.skip.channels': 'チャンネル一覧へ移動',
  'app.skip.members': 'メンバー一覧へ移動',

  'update.found': 'このページの新しいバージョンがあります。書きかけの内容は保存されます。',
  'update.reload': '再読み込みして更新',

  'signIn.username.free': 'この名前は使用できます',

  'lobby.channels': '開いているチャンネル',
  'lobby.none': '開いているチャンネルはありません。最初に参加した人が開きます。',

  'channels.announce.unread': { other: '{channel}、未読メッセージ {count} 件' },
  'channels.pinned': '固定表示',
  'channels.muted': 'ミュート中',
  'channels.filter': 'チャンネルを絞り込む',
  'channels.filter.none': '「{filter}」に一致するものは一覧にありません。',
  'channels.unreadFirst': '未読を先頭に表示',
  'channels.menu': '{channel} のメニュー',
  'channels.hidden': '非表示',
  'channels.hiddenOnes': '非表示のチャンネル（{count}）',
  'channels.hiddenOnes.label': '非表示のチャンネル',
  'channels.up': '上へ移動',
  'channels.down': '下へ移動',
  'channels.moved': '{channel}: {count} 件中 {place} 番目',

  'notify.title': '{channel} で {author} さん',

  'members.operators': 'オペレーター',
  'members.others': 'その他',
  'members.live.web': '在席中: ブラウザーが接続されています',
  'members.live.native': '在席中: クライアントは数秒ごとに新着を確認しており、直前にも確認しました',
  'members.filter': 'メンバーを絞り込む',
  'members.menu': '{name} のメニュー',
  'members.hidden': '自分だけミュート中',

  'profile.open': 'プロフィール',

  'conversation.label': '会話',
  'conversation.topic': 'トピック:',

  'connection.incompatible': 'バージョンの不一致',
  'connection.banner.newer': 'サーバーがこのページより新しいため、通信できません。書いた内容は保存されており、再読み込み後に送信されます。',
  'connection.banner.older': 'サーバーがこのページより古いため、通信できません。書いた内容は保存されており、再読み込み後に送信されます。',
  'connection.long': 'サーバーに接続できません。書いた内容はこの端末で待機します。',

  'recent.open': '最近のお知らせ',
  'recent.title': '最近のお知らせ',
  'recent.none': 'ページを開いてからのお知らせはありません。',

  'keys.nextRegion': '次の領域へ',
  'keys.regionBefore': '前の領域へ',
};
